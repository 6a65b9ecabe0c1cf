"""A file under inspection, with what several rules ask for."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Pdf

from reports.pdf.objects import look
from reports.pdf.roles import Roles
from reports.pdf.tags import kids_of, parent_tree

# Which may stand anywhere, and what they hold stands where they do.
TRANSPARENT = frozenset({"NonStruct"})


class Found(NamedTuple):
    """An element with its standard tag, and that of the one it stands in, whatever groups lie between."""

    tag: str
    inside: str
    element: pikepdf.Object


class Subject:
    """A PDF whose tags are read once, however many rules ask for them."""

    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self.root = look(pdf.Root, "/StructTreeRoot") or Dictionary()
        self._role = Roles(self.root)

    @cached_property
    def elements(self) -> list[Found]:
        """The elements in reading order."""
        found: list[Found] = []
        self._collect(self.root, "", found)
        return found

    def _collect(self, element: pikepdf.Object, tag: str, found: list[Found]) -> None:
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                own = self._role(kid)
                found.append(Found(own, tag, kid))
                self._collect(kid, tag if own in TRANSPARENT else own, found)

    @cached_property
    def owners(self) -> dict[int, pikepdf.Object]:
        return parent_tree(self.root) if look(self.root, "/ParentTree") is not None else {}

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}

    def page_of(self, element: pikepdf.Object) -> int | None:
        """Return the page on which the element, or the first of its kids that says so, stands."""
        if "/Pg" in element:
            return self._numbers.get(element.Pg.objgen)
        return next((self.page_of(kid) for kid in kids_of(element) if isinstance(kid, Dictionary)), None)

    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        for number, page in enumerate(self.pdf.pages, start=1):
            for annotation in page.obj.get("/Annots", []):
                yield number, annotation
