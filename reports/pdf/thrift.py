"""Identical things once: every part brings its own copy of the colour profile and of many font programs."""

import hashlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name, Pdf

SHARED = ("/FontFile2", "/FontFile3", "/CIDSet")


def share_identical_streams(pdf: Pdf) -> None:
    """Make fonts and colour spaces refer to one copy of each identical program and profile."""
    first: dict[bytes, pikepdf.Object] = {}
    for holder, place in list(shareable(pdf)):
        stream = holder[place]
        holder[place] = first.setdefault(hashlib.sha256(stream.read_raw_bytes()).digest(), stream)


def shareable(pdf: Pdf) -> Iterator[tuple[pikepdf.Object, str | int]]:
    """Yield where font programs and colour profiles hang: the holder and the place in it."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield from ((item, place) for place in SHARED if place in item)
            yield from ((space, 1) for space in item.values() if is_profile(space))
            if "/DestOutputProfile" in item:
                yield item, "/DestOutputProfile"


def is_profile(space: object) -> bool:
    return isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased
