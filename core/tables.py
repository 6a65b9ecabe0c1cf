"""Tables that can be taken home: registered by the app that has the figures, written out by one exporter.

A table is a function from its subject and options to a Table. The function is the only place with
queries; how a file looks is `core.sheets`' business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise

from core.registry import NotRegistered, Registry

Kind = Literal["text", "number", "percent", "date", "choice"]
Options = Mapping[str, str]
# A number is given unrounded, as Decimal, int or their canonical text; any other text in a number's
# place (“not measured”) is written as the text it is. None is an empty cell.
CellValue = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: `decimals` is how it is shown; the file holds the unrounded value."""

    key: str
    label: str | Promise
    kind: Kind = "text"
    unit: str = ""
    decimals: int = 0

    @property
    def head(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[CellValue]]


@dataclass(frozen=True, slots=True)
class TableMaker:
    name: str
    subject: str
    label: str | Promise
    make: Callable[[Any, Options], Table]
    permission: str = ""  # asked of the subject, beside that one sees it
    back: str = ""  # the import that takes its file back unchanged
    # the tables of the same subject that it is computed from, and that come back
    made_from: tuple[str, ...] = ()
    is_pasted_back: bool = False  # the page where it is changed takes its cells as they are copied

    @property
    def where(self) -> str:
        computed = f"computed from {', '.join(self.made_from)}"
        way = f"back as {self.back}" if self.back else "pasted back" if self.is_pasted_back else computed
        return f"of {self.subject} · {way} · {self.make.__module__}"

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.subject)

    def visible_to(self, user: Any) -> Any:
        """Return the subjects of which this person may have the table: those that they may see."""
        return self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]

    def may(self, user: Any, subject: Any) -> bool:
        return not self.permission or user.has_perm(self.permission, subject)

    def find(self, words: Sequence[str]) -> Model:
        """Return the subject that a command line names, such as SN 2023 delar2."""
        return self.model._default_manager.named(*words)  # type: ignore[attr-defined]


tables: Registry[TableMaker] = Registry("table")


def table(
    name: str,
    *,
    subject: str,
    label: str | Promise,
    permission: str = "",
    back: str = "",
    made_from: Sequence[str] = (),
    is_pasted_back: bool = False,
):
    """Register a function (subject, options) → Table.

    Who sees the subject may have it; with `permission`, only if they hold that too. `back` names the import that
    takes its file back unchanged; a computed table has none, and says which tables it is made from. One that
    `is_pasted_back` is taken back by the page on which it is changed.
    """

    def register(make):
        maker = TableMaker(
            name, subject.lower(), label, make, permission, back, tuple(made_from), is_pasted_back
        )
        tables.add(name, maker)
        return make

    return register


def called(name: str) -> TableMaker:
    """Return a table by its name, or by the last word of it where only one ends so. Raises NotRegistered."""
    if name in tables:
        return tables[name]
    meant = [maker for full, maker in tables.items() if full.rpartition(".")[2] == name]
    if len(meant) != 1:
        raise NotRegistered(name)
    return meant[0]
