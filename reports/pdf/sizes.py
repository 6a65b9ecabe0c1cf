"""How large and how small a page may be: PDF/A's limits, which come from Adobe's own program."""

from collections.abc import Iterator
from typing import Any

SMALLEST, LARGEST = 3, 14_400  # units, which are points unless the page says otherwise
INNER = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")


def sizes_amiss(page: Any) -> Iterator[tuple[float, float]]:
    """Yield the sizes that no page may have of the boxes of a page of pikepdf, which who draws does without."""
    boxes = [page.mediabox, *(page.obj[name] for name in INNER if name in page.obj)]
    for left, bottom, right, top in {tuple(map(float, box)) for box in boxes}:
        width, height = abs(right - left), abs(top - bottom)
        if min(width, height) < SMALLEST or max(width, height) > LARGEST:
            yield width, height
