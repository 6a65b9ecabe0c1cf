"""How wide words are in our typeface, and where they break: nothing on paper or page does it for an SVG."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pyphen
import uharfbuzz

from reports.pdf.typeface import UPRIGHT

TEXT = 13  # px; on paper 9.75 pt, beside tables of 9.5 pt
SMALL = 12
LINE = 16
NARROW = 260  # px: the least width a chart gets, on a telephone; words are wrapped for it, and may have more
Breaks = Iterable[tuple[Iterable[int], str]]

UNKNOWN = 0.6  # em, for a letter that another font lends

# After these a word may break as it stands.
_JOINT = re.compile(r"(?<=[-–/])(?=\w)")


def width(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Return how many pixels the words take."""
    return sum(_advance(letter, 600 if bold else 400) for letter in text) * size


@cache
def _advance(letter: str, weight: int) -> float:
    font = _font(weight)
    glyph = font.get_nominal_glyph(ord(letter))
    return font.get_glyph_h_advance(glyph) / font.face.upem if glyph else UNKNOWN


@cache
def _font(weight: int) -> uharfbuzz.Font:
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(UPRIGHT)))
    font.set_variations({"wght": weight})
    return font


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv", left=3, right=3)


def wrap(text: str, room: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """Return the text in lines no wider than `room` pixels; nothing is left out.

    Lines break between words; a word that is too long for a line of its own breaks at a hyphen or slash, else by
    Swedish hyphenation, else anywhere.
    """

    def fits(words: str) -> bool:
        return width(words, size, bold=bold) <= room

    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        first, *rest = _broken(word, fits)
        if lines and fits(f"{lines[-1]} {first}"):
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += rest
    return lines


def _broken(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield the word in parts that fit; a part that ends where there was no hyphen gets one."""
    joints = [found.start() for found in _JOINT.finditer(word)]
    breaks = ((joints, ""), (_hyphens().positions(word), "-"), (range(1, len(word)), "-"))
    start = 0
    while not fits(word[start:]) and start < len(word) - 1:
        end, mark = _longest(word, start, breaks, fits)
        yield word[start:end] + mark
        start = end
    yield word[start:]


def _longest(word: str, start: int, breaks: Breaks, fits: Callable[[str], bool]) -> tuple[int, str]:
    """Return where the longest part from `start` ends that fits, by the first kind of break that has one."""
    for places, mark in breaks:
        ends = [end for end in places if end > start and fits(word[start:end] + mark)]
        if ends:
            return max(ends), mark
    return start + 1, ""
