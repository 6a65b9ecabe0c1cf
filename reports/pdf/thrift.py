"""Identical things once: every part brings its own copy of the colour profile and of many font programs."""

import hashlib
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Name, Pdf

PROGRAMS = ("/FontFile2", "/FontFile3", "/CIDSet")


def share_identical_streams(pdf: Pdf) -> None:
    """Make fonts and colour spaces refer to one copy of each identical program and profile."""
    first: dict[bytes, pikepdf.Object] = {}
    for holder, place in shareable(pdf):
        stream = holder[place]
        holder[place] = first.setdefault(hashlib.sha256(stream.read_raw_bytes()).digest(), stream)


def shareable(pdf: Pdf) -> Iterator[tuple[pikepdf.Object, str | int]]:
    """Yield where font programs and colour profiles hang: the holder and the place in it."""
    yield from ((intent, "/DestOutputProfile") for intent in pdf.Root.OutputIntents)
    for resources in unique(page.resources for page in pdf.pages):
        yield from ((space, 1) for space in resources.get("/ColorSpace", {}).values() if is_profile(space))
        for font in resources.get("/Font", {}).values():
            for descriptor in descriptors(font):
                yield from ((descriptor, place) for place in PROGRAMS if place in descriptor)


def unique(objects: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """Yield each object once: the pages of a part share their resources."""
    seen = set()
    for item in objects:
        if item.objgen not in seen:
            seen.add(item.objgen)
            yield item


def descriptors(font: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for owner in font.get("/DescendantFonts", [font]):
        if "/FontDescriptor" in owner:
            yield owner.FontDescriptor


def is_profile(space: object) -> bool:
    return isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased
