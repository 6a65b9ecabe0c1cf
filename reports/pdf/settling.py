"""Page numbers that are printed before all pages are made: contents are made again until they are right."""

from collections.abc import Callable, Mapping

from reports.pdf.errors import AssemblyError
from reports.pdf.orders import FirstPages

ATTEMPTS = 5

Make = Callable[[FirstPages], int]


def settle(lengths: Mapping[str, int], makers: Mapping[str, Make]) -> FirstPages:
    """Return where each part begins, once the parts that print it are made.

    `lengths` gives the pages of all parts by key, in order; of those that have a maker it is a guess. A maker makes
    its part with first pages, and returns how many pages it came to: it is called once when the guesses are right,
    and again when one is not. Raises AssemblyError when they never are.
    """
    for _attempt in range(ATTEMPTS):
        first_pages = count_up(lengths)
        found = {**lengths, **{key: make(first_pages) for key, make in makers.items()}}
        if found == lengths:
            return first_pages
        lengths = found
    raise AssemblyError("The contents pages do not settle on a number of pages.")


def count_up(lengths: Mapping[str, int]) -> dict[str, int]:
    """Return the first page of each part, the file's first being 1."""
    first_pages, page = {}, 1
    for key, length in lengths.items():
        first_pages[key] = page
        page += length
    return first_pages
