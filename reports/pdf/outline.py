"""The outline at the reader's side: parts by title and level, and under each its own headings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Name, OutlineItem, Page, Pdf


@dataclass(slots=True)
class Outline:
    """The outline of the file being made: add() each part in order, then close()."""

    pdf: Pdf
    root: list[OutlineItem] = field(default_factory=list)
    branches: list[OutlineItem] = field(default_factory=list)  # the open item at each level

    def add(self, source: Pdf, pages: list[Page], *, title: str, level: int) -> None:
        """Hang in a part at its level; a level that was skipped is closed up."""
        if not level:
            return  # it goes on with the part before
        item = OutlineItem(title, page_target(pages[0]))
        item.children.extend(headings(source, pages))
        item.is_closed = True
        del self.branches[level - 1 :]
        siblings = self.branches[-1].children if self.branches else self.root
        siblings.append(item)
        self.branches.append(item)

    def close(self) -> None:
        with self.pdf.open_outline() as outline:
            outline.root.extend(self.root)


def headings(source: Pdf, pages: list[Page]) -> list[OutlineItem]:
    """Return the part's own headings below its title, leading to the pages as they stand in the file."""
    page_of = {page.obj.objgen: pages[number] for number, page in enumerate(source.pages)}
    titles = source.open_outline().root  # read only: closed, it would be written again
    return moved(titles[0].children if len(titles) == 1 else titles, page_of)


def moved(items: Iterable[OutlineItem], page_of: Mapping[tuple[int, int], Page]) -> list[OutlineItem]:
    copies = []
    for item in items:
        place = item.destination
        if isinstance(place, Array):
            copy = OutlineItem(item.title, Array([page_of[place[0].objgen].obj, *list(place)[1:]]))
            copy.children.extend(moved(item.children, page_of))
            copy.is_closed = True
            copies.append(copy)
    return copies


def page_target(page: Page) -> Array:
    return Array([page.obj, Name.Fit])
