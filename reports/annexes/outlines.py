"""The outline of a foreign PDF, as `reports.pdf.outline` hangs it below the annex's own entry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Pdf

from reports.pdf.objects import look, words
from reports.pdf.outline import Item, hang

MOST = 2000  # entries: more help nobody, and a list may lead back into itself


@dataclass(slots=True)
class Reader:
    """Reads an outline, in which every link may lead anywhere."""

    target_of: Callable[[Object], Array | None]
    seen: set[tuple[int, int]] = field(default_factory=set)

    def below(self, parent: Object) -> Iterator[Item]:
        """Yield what is right below an entry; what leads nowhere makes way for what is below it."""
        entry = look(parent, "/First")
        while isinstance(entry, Dictionary) and entry.objgen not in self.seen and len(self.seen) < MOST:
            self.seen.add(entry.objgen)
            children = list(self.below(entry))
            title, target = " ".join(words(entry, "/Title").split()), self.target_of(entry)
            if title and target is not None:
                yield Item(title, target, children)
            else:
                yield from children
            entry = entry.get("/Next")


def set_outline_right(pdf: Pdf, target_of: Callable[[Object], Array | None]) -> None:
    """Write the outline anew, with places in the file only: actions go, as those of links do."""
    outline = look(pdf.Root, "/Outlines")
    if not isinstance(outline, Dictionary):
        return
    items = list(Reader(target_of).below(outline))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    hang(pdf, pdf.Root.Outlines, items)
