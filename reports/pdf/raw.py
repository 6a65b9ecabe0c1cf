"""A part's objects as WeasyPrint has made them, before they become bytes: to find one's way among its tags."""

from collections.abc import Iterator
from typing import Any

import pydyf


def elements(pdf: pydyf.PDF, tag: str = "") -> Iterator[pydyf.Dictionary]:
    """Yield the structure elements in the order they were made, optionally only those with this tag."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem" and tag in ("", item["S"]):
            yield item


def number_of(reference: bytes) -> int:
    return int(reference.split()[0])


def resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[number_of(reference)]


def kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """Yield the elements under this one; its numbers are marked content, not elements."""
    for kid in element["K"]:
        if isinstance(kid, bytes) and (found := resolve(pdf, kid)).get("Type") == "/StructElem":
            yield found


def below(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for kid in kids(pdf, element):
        yield kid
        yield from below(pdf, kid)


def owners_by_page(pdf: pydyf.PDF) -> Iterator[tuple[pydyf.Dictionary, pydyf.Array]]:
    """Yield each page with the references of the elements that its marked content belongs to, by number."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    numbers = resolve(pdf, root["ParentTree"])["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in elements_of_type(pdf, "/Page"):
        yield page, owners[page["StructParents"]]


def drop(pdf: pydyf.PDF, item: pydyf.Object) -> None:
    """Leave the place of an object that nothing refers to free, as the first place of every PDF is."""
    pdf.objects[item.number] = pdf.objects[0]


def elements_of_type(pdf: pydyf.PDF, kind: str) -> Iterator[pydyf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == kind:
            yield item
