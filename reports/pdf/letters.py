"""One program for each cut of our typeface: every part brings a subset of its own, with the letters it uses.

The subsets keep the numbers that letters have in the whole typeface, so one subset with the letters of all
parts can stand for all of theirs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import pikepdf
import uharfbuzz
from pikepdf import Pdf

from reports.pdf.thrift import unique
from reports.pdf.typeface import CUTS, cut

FAMILY = "Source-Sans-3"
PER_MILLE = 1000
RUN = re.compile(rb"(\d+)\s*\[([^\]]*)\]")  # the first letter's number, and the widths from there
TOLERANCE = 1  # of a width in per mille, which is rounded

Cut = tuple[str, int]  # style, weight


def share_letters(pdf: Pdf) -> None:
    """Give all fonts of one cut one program, which has every letter that any of them uses."""
    groups = defaultdict(list)
    for font in ours(pdf):
        groups[cut_of(font)].append(font)
    for which, fonts in groups.items():
        letters = [widths(font) for font in fonts]
        same = [(font, used) for font, used in zip(fonts, letters, strict=True) if is_of(which, used)]
        if len(same) > 1:
            _share(pdf, which, same)


def _share(pdf: Pdf, which: Cut, fonts: Iterable[tuple[pikepdf.Object, dict[int, int]]]) -> None:
    fonts = list(fonts)
    whole = program(which, frozenset().union(*(used for _font, used in fonts)))
    stream = pdf.make_stream(whole, Length1=len(whole))
    for font, _used in fonts:
        font.FontDescriptor.FontFile2 = stream


def ours(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Yield the fonts that say they are of our typeface and hold their program."""
    for resources in unique(page.resources for page in pdf.pages):
        for font in resources.get("/Font", {}).values():
            for item in font.get("/DescendantFonts", []):
                name = str(item.get("/BaseFont", "")).partition("+")[2]
                if name.startswith(FAMILY) and "/FontFile2" in item.get("/FontDescriptor", {}):
                    yield item


def cut_of(font: pikepdf.Object) -> Cut:
    name = str(font.BaseFont)
    return ("italic" if "Italic" in name else "normal", 600 if "Semi-Bold" in name else 400)


def widths(font: pikepdf.Object) -> dict[int, int]:
    """Return the letters that a font uses, by number, with their widths in per mille."""
    written = font.W.unparse(resolved=True) if "/W" in font else b""  # number by number is slow
    return {
        int(first) + place: round(float(width))
        for first, row in RUN.findall(written)
        for place, width in enumerate(row.split())
    }


def is_of(which: Cut, used: dict[int, int]) -> bool:
    """Say whether the letters are as wide as ours: a merged annex may have another edition of the typeface."""
    font = face(which)
    return bool(used) and all(
        abs(font.get_glyph_h_advance(letter) * PER_MILLE / font.face.upem - width) <= TOLERANCE
        for letter, width in used.items()
    )


@cache
def face(which: Cut) -> uharfbuzz.Font:
    """Return one cut of the typeface, whole."""
    _style, weight = which
    path = next(path for other, path, heavy in CUTS if (other, heavy) == which)
    return uharfbuzz.Font(uharfbuzz.Face(cut(path, weight)))


def make_ready() -> None:
    """Make the cuts that every file needs."""
    for style, _path, weight in CUTS:
        face((style, weight))


def program(which: Cut, letters: frozenset[int]) -> bytes:
    """Return the cut with these letters only, each under its own number; the same letters give the same bytes."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    wanted.glyph_set.update(letters)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode()) for tag in UNUSED)
    return wanted.subset(face(which).face).blob.data


# What a PDF reader never asks a font for.
UNUSED = {
    "GSUB",
    "GPOS",
    "GDEF",
    "STAT",
    "DSIG",
    "BASE",
    "name",
    "post",
    "OS/2",
    "cmap",
    "gasp",
    "HVAR",
    "MVAR",
}
