"""The outline at the reader's side: parts by title and level, and under each its own headings.

Read and written as PDF has it, in linked lists: a file has hundreds of items, and pikepdf's own take a tenth of its
time.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from reports.pdf.objects import look

Pages = Mapping[tuple[int, int], Page]


@dataclass(slots=True)
class Item:
    """A line of the outline, closed until its reader opens it."""

    title: str
    target: Array
    children: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The outline of the file being made: add() each part in order, then close()."""

    pdf: Pdf
    root: list[Item] = field(default_factory=list)
    branches: list[Item] = field(default_factory=list)  # the open item at each level

    def add(self, source: Pdf, pages: list[Page], *, title: str, level: int) -> None:
        """Hang in a part at its level; a level that was skipped is closed up."""
        if not level:
            return  # it goes on with the part before
        item = Item(title, Array([pages[0].obj, Name.Fit]), headings(source, pages))
        del self.branches[level - 1 :]
        siblings = self.branches[-1].children if self.branches else self.root
        siblings.append(item)
        self.branches.append(item)

    def close(self) -> None:
        top = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        hang(self.pdf, top, self.root)
        top.Count = len(self.root)
        self.pdf.Root.Outlines = top


def headings(source: Pdf, pages: list[Page]) -> list[Item]:
    """Return the part's own headings below its title, leading to the pages as they stand in the file."""
    page_of = {page.obj.objgen: pages[number] for number, page in enumerate(source.pages)}
    titles = list(below(look(source.Root, "/Outlines")))
    return moved(below(titles[0]) if len(titles) == 1 else titles, page_of)


def below(parent: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """Yield the items right below another, or at the top."""
    item = look(parent, "/First") if parent is not None else None
    while item is not None:
        yield item
        item = item.get("/Next")


def moved(items: Iterator[pikepdf.Object] | list[pikepdf.Object], page_of: Pages) -> list[Item]:
    found = []
    for item in items:
        place = item.get("/Dest")
        if isinstance(place, Array):
            page, *view = place
            target = Array([page_of[page.objgen].obj, *view])
            found.append(Item(str(item.get("/Title", "")), target, moved(below(item), page_of)))
    return found


def hang(pdf: Pdf, parent: pikepdf.Object, items: Sequence[Item]) -> None:
    """Write the items below another, each knowing its neighbours."""
    if not items:
        return
    written = [
        pdf.make_indirect(Dictionary(Title=String(item.title), Dest=item.target, Parent=parent))
        for item in items
    ]
    for before, after in itertools.pairwise(written):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = written[0], written[-1]
    for item, one in zip(items, written, strict=True):
        hang(pdf, one, item.children)
        if item.children:
            one.Count = -len(item.children)  # below zero: closed
