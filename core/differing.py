"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\s+|[^\s]+")
# What may stand unchanged between two changes that are read as one: on the same line, at most a short word.
BETWEEN = re.compile(r"[^\S\n]*(\S{1,3}[^\S\n]+)?")


class Piece(NamedTuple):
    """A stretch of words: `same`, `added` or `removed`."""

    kind: str
    text: str


class Stretch(NamedTuple):
    """What stood in a place and what stands there now; where nothing changed, the same."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def words_between(before: str, after: str) -> list[Piece]:
    """Return the two texts as one run of pieces, removed words before those that came in their place."""
    return [piece for stretch in _merged(_stretches(before, after)) for piece in _pieces(stretch)]


def _stretches(before: str, after: str) -> list[Stretch]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Stretch("".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
        for _kind, old_from, old_to, new_from, new_to in matched
    ]


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches with changes that only a space or a short word parts as one."""
    merged: list[Stretch] = []
    for stretch in stretches:
        is_between = bool(BETWEEN.fullmatch(stretch.old)) and stretch is not stretches[-1]
        if merged and not merged[-1].is_same and (is_between or not stretch.is_same):
            last = merged.pop()
            merged.append(Stretch(last.old + stretch.old, last.new + stretch.new))
        else:
            merged.append(stretch)
    return merged


def _pieces(stretch: Stretch) -> Iterator[Piece]:
    if stretch.is_same:
        yield Piece("same", stretch.new)
        return
    if stretch.old:
        yield Piece("removed", stretch.old)
    if stretch.new:
        yield Piece("added", stretch.new)
