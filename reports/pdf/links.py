"""Where links lead: named destinations of the whole file, and links from one part to another.

A part's own destination `summary` becomes `KEY.summary` in the file, and KEY alone leads to the part's first
page: the same section keys return in every document, and a link from outside may use the same names.
"""

from dataclasses import dataclass, field
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Name, NameTree, Page, Pdf, String

from reports.pdf.objects import look, name_tree, words
from reports.pdf.tags import Tree

SCHEME = "xref:"


@dataclass(slots=True)
class Links:
    """The destinations of the file being made: add() each part in order, then close()."""

    pdf: Pdf
    destinations: dict[str, pikepdf.Object] = field(default_factory=dict)

    def add(self, source: Pdf, pages: list[Page], *, key: str) -> None:
        """Name the part's start and its destinations, and make its inner links lead to the new names."""
        number_of = {page.obj.objgen: number for number, page in enumerate(source.pages)}
        top = float(pages[0].mediabox[3])
        self.destinations[key] = Array([pages[0].obj, Name.XYZ, 0, top, 0])
        for name, target in destinations_of(source):
            page = pages[number_of[target[0].objgen]]
            self.destinations[f"{key}.{name}"] = Array([page.obj, *list(target)[1:]])
        for page in pages:
            for annotation in page.obj.get("/Annots", []):
                if "/Dest" in annotation:
                    annotation.Dest = String(f"{key}.{annotation.Dest}")

    def close(self, tree: Tree) -> list[str]:
        """Resolve the links between parts; those that lead nowhere become plain text and are returned."""
        dead = []
        for page in self.pdf.pages:
            for annotation in list(page.obj.get("/Annots", [])):
                target = target_of(annotation)
                if target in self.destinations:
                    annotation.Dest = String(target)
                    del annotation.A
                elif target:
                    dead.append(target)
                    tree.let_go(annotation)
                    remove(page, annotation)
        self._write_names()
        return dead

    def _write_names(self) -> None:
        self.pdf.Root.Names = pikepdf.Dictionary(Dests=name_tree(self.pdf, self.destinations))


def destinations_of(pdf: Pdf) -> list[tuple[str, pikepdf.Object]]:
    names = look(pdf.Root, "/Names", "/Dests")
    return [(str(name), target) for name, target in NameTree(names).items()] if names is not None else []


def target_of(annotation: pikepdf.Object) -> str:
    """Return the destination a link between parts asks for (`xref:KEY#ID`), or nothing for any other link."""
    address = words(annotation, "/A", "/URI")
    if not address.startswith(SCHEME):
        return ""
    key, _hash, anchor = unquote(address.removeprefix(SCHEME)).partition("#")
    return f"{key}.{anchor}" if anchor else key


def remove(page: Page, annotation: pikepdf.Object) -> None:
    kept = [other for other in page.obj.Annots if other.objgen != annotation.objgen]
    page.obj.Annots = Array(kept)
