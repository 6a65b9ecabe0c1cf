"""What a file can be imported into: declared by the app that owns the rows, in its `imports.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from core.registry import Registry

Kind = Literal["code", "text", "number", "percent", "date", "yesno"]


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of ours. One of kind `code` is translated by a code list of the target.

    Two rows that agree in all columns that `identify` are the same row twice, which is refused.
    """

    key: str
    label: str | Promise
    kind: Kind = "text"
    is_required: bool = True
    code_of: str = ""
    decimals: int | None = None  # more are refused when typed, rounded when a spreadsheet computed them
    identifies: bool = False
    is_rare: bool = False  # asked for below the others
    aliases: tuple[str, ...] = ()  # headings that are surely this column
    help: str | Promise = ""
    words: Mapping[str, Any] = field(default_factory=dict)  # what may stand for a number, in small letters
    longest: int | None = None  # characters of a text
    may_join: bool = False  # a code that files may have in two columns, such as ansvar and verksamhet

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "percent")

    @property
    def joined_key(self) -> str:
        """The key under which the second column of a code that stands in two is chosen and remembered."""
        return f"{self.key}_and"

    @property
    def is_key(self) -> bool:
        return self.identifies or self.kind == "code"


@dataclass(frozen=True, slots=True)
class CodeList:
    """Our rows that a file's codes may mean: `options` gives (key, label) of a subject's."""

    label: str | Promise
    options: Callable[[Any], Sequence[tuple[str, str]]]
    known_as: Mapping[str, str] = field(default_factory=dict)  # other names, in small letters, of our keys


@dataclass(frozen=True, slots=True)
class Row:
    """One row in our own terms: values by column key, and where each of them stands in the file.

    A code is the key of our row; number and percent are Decimal or None for an empty cell, which is
    never 0, or what one of the column's `words` stands for; date is a date or None; yesno a bool or None.
    """

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What an import would change, in words for the person who looks it through."""

    what: str
    before: str
    after: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong at a place in the file (`Blad1!C7`), and how to mend it."""

    cell: str
    message: str


@dataclass(slots=True)
class Plan:
    """What would happen. `payload` is the target's own: what its `apply` needs, kept nowhere."""

    changes: list[Change] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Context:
    subject: Any
    source: str
    by: Any = None


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere to import to.

    `plan` reads and writes nothing; it is called again when the import is applied, in the transaction
    that holds the subject's row, and `apply` is called only when it came to the same. So a file that is
    imported twice changes nothing the second time.
    """

    name: str
    label: str | Promise
    subject: str
    permission: str  # asked of the subject
    columns: Sequence[ImportColumn]
    plan: Callable[[Sequence[Row], Context], Plan]
    apply: Callable[[Plan, Context], None]
    place: Callable[[Any], str]  # whose files they are: what columns and codes are remembered by
    year: Callable[[Any], int]
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    closed: Callable[[Any], str] = lambda _subject: ""  # why nothing may be imported now
    seen_at: Callable[[Any], str] = lambda subject: (
        subject.get_absolute_url()
    )  # the page of what was imported
    begins_at: str = ""  # name of the page from which one comes to what is imported to
    help: str | Promise = ""
    asked: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda subjects: (
        subjects
    )  # with all that the permission looks at
    takes_kolada: bool = False
    may_turn_signs: bool = False  # ledgers have income below zero

    @property
    def where(self) -> str:
        return f"of {self.subject} · {self.plan.__module__}"

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.subject)

    @property
    def numbers(self) -> list[ImportColumn]:
        return [column for column in self.columns if column.is_number]

    @property
    def needed(self) -> list[str]:
        return [str(column.label).lower() for column in self.columns if column.is_required]

    @property
    def optional(self) -> list[str]:
        return [str(column.label).lower() for column in self.columns if not column.is_required]

    def column(self, key: str) -> ImportColumn:
        return next(column for column in self.columns if column.key == key)

    def visible_to(self, user: Any) -> Any:
        return self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]

    def open_to(self, user: Any) -> list[int]:
        """Return the keys of what this person may import to."""
        return [subject.pk for subject in self.asked(self.visible_to(user)) if self.may(user, subject)]

    def may(self, user: Any, subject: Any) -> bool:
        return user.has_perm(self.permission, subject)


imports: Registry[Target] = Registry("import")


def import_target(target: Target) -> Target:
    return imports.add(target.name, target)
