"""The one structure tree of an assembled file, grown part by part. No tool merges these trees, so we do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from reports.pdf.objects import name_tree


def struct_elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements under this one, in reading order."""
    for kid in kids_of(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from struct_elements(kid)


def tag_of(element: pikepdf.Object) -> str:
    return str(element.S).removeprefix("/")


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def parent_tree(root: pikepdf.Object) -> dict[int, pikepdf.Object]:
    """Return what the structure tree says of each page and annotation, by their StructParent numbers."""
    if "/Kids" in root.ParentTree:
        return dict(pikepdf.NumberTree(root.ParentTree).items())
    numbers = list(root.ParentTree.Nums)  # in one piece, as WeasyPrint and we write it
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))


@dataclass(slots=True)
class Tree:
    """Structure tree of the file being made: add() each part in order, then close().

    StructParent numbers run on, so that nothing collides. The ids of a part of ours are listed in it and are its
    own (see `finish`); those of any other, and of one that stands here twice, are prefixed by its position.
    """

    pdf: Pdf
    document: pikepdf.Object = field(init=False)
    owners: dict[int, pikepdf.Object] = field(init=False, default_factory=dict)
    next_number: int = field(init=False, default=0)
    ids: dict[str, pikepdf.Object] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self._element("/Document", parent=root)
        root.K = Array([self.document])
        self.pdf.Root.StructTreeRoot = root

    def _element(self, tag: str, *, parent: pikepdf.Object) -> pikepdf.Object:
        return self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(tag), P=parent, K=Array()))

    def renumber(self, source: Pdf) -> None:
        """Move the part's StructParent numbers past those in use; call this before its pages are copied."""
        start = self.next_number
        for page in source.pages:
            page.obj.StructParents = int(page.obj.StructParents) + start
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + start

    def add(self, source: Pdf, *, position: int, title: str) -> None:
        """Hang the part's elements into the tree; call this after its pages are copied."""
        start = self.next_number
        copied = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        owners = parent_tree(copied)
        self.owners |= {start + number: owner for number, owner in owners.items()}
        self.next_number += max(owners, default=-1) + 1

        part = self._element("/Part", parent=self.document)
        part.T = String(title)
        for kid in kids_of(kids_of(copied)[0]):
            kid.P = part
            part.K.append(kid)
        self.document.K.append(part)
        if not self._take_ids(copied):
            self._prefix_ids(part, f"{position}-")

    def _take_ids(self, root: pikepdf.Object) -> bool:
        """Take over the ids that a part lists; say whether it lists them, and none of them is taken."""
        if "/IDTree" not in root:
            return False
        names = list(root.IDTree.Names)
        found = {str(key): element for key, element in zip(names[::2], names[1::2], strict=True)}
        if found.keys() & self.ids.keys():
            return False
        self.ids |= found
        return True

    def _prefix_ids(self, part: pikepdf.Object, prefix: str) -> None:
        elements = list(struct_elements(part))
        names = [str(element.ID) for element in elements if "/ID" in element]
        while any(prefix + name in self.ids for name in names):
            prefix += "-"
        for element in elements:
            if "/ID" in element:
                element.ID = String(prefix + str(element.ID))
                self.ids[str(element.ID)] = element
            attributes = element.get("/A")
            if isinstance(attributes, Dictionary) and "/Headers" in attributes:
                attributes.Headers = Array([String(prefix + str(header)) for header in attributes.Headers])

    def let_go(self, annotation: pikepdf.Object) -> None:
        """Turn a link that leads nowhere into plain text."""
        element = self.owners.pop(int(annotation.StructParent))
        element.S = Name.Span
        element.K = Array([kid for kid in kids_of(element) if not refers_to(kid, annotation)])

    def close(self) -> None:
        root = self.pdf.Root.StructTreeRoot
        numbers = [entry for number in sorted(self.owners) for entry in (number, self.owners[number])]
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = self.next_number
        if self.ids:
            root.IDTree = name_tree(self.pdf, self.ids)


def refers_to(kid: pikepdf.Object, annotation: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and "/Obj" in kid and kid.Obj.objgen == annotation.objgen
