"""What is sent to save a grid and what is answered: the protocol between script and server.

    PATCH  {"cells": [{"row": "17", "column": "budget", "value": "-720512", "version": 3, "seen": "-5"}, …]}
    200    {"saved": [{"row", "column", "version", "value"}], "errors": [{"row", "column", "message"}],
            "conflicts": [{"row", "column", "version", "value", "message"}],
            "shown": [{"row", "column", "version", "value", "text", "note", "state"}], "saved_at": "14.02"}
    400    {"message"}: nothing was saved, since what was sent could not be read

Values are canonical; some cells may be saved when others are not. `shown` are cells beside those that were
saved which came to show something else.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

MOST_CELLS = 20_000


class Key(NamedTuple):
    """Where a cell is: `Key("17", "budget")`."""

    row: str
    column: str


class BadChanges(ValueError):
    """What was sent is not a list of changes; `str()` says why."""


@dataclass(frozen=True)
class Change:
    """A cell's new value, and the version and the value that the writer saw before; None for a value not told."""

    row: str
    column: str
    value: str
    version: int
    seen: str | None = None

    @property
    def key(self) -> Key:
        return Key(self.row, self.column)

    @property
    def number(self) -> Decimal | None:
        """The value of a numeric column, None for empty. Only for a change that a store has checked."""
        return Decimal(self.value) if self.value else None


@dataclass(frozen=True)
class Saved:
    row: str
    column: str
    version: int
    value: str


@dataclass(frozen=True)
class Fault:
    row: str
    column: str
    message: str


@dataclass(frozen=True)
class Conflict:
    """Somebody else's value, which stands; the writer chooses with both before them."""

    row: str
    column: str
    version: int
    value: str
    message: str


@dataclass
class Outcome:
    """What came of the changes, each cell once in one of the first three lists."""

    saved: list[Saved] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.errors and not self.conflicts

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_changes(request: HttpRequest) -> list[Change]:
    """Return the changes in a request's body; raises BadChanges, which GridMixin answers with 400."""
    try:
        cells = json.loads(request.body)["cells"]
        changes = [_change(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadChanges(_("What was sent is not a list of changed cells.")) from None
    if len(changes) > MOST_CELLS:
        raise BadChanges(_("More than %(most)s cells were sent at once.") % {"most": MOST_CELLS})
    if len({change.key for change in changes}) < len(changes):
        raise BadChanges(_("The same cell was sent twice."))
    return changes


def _change(cell: Mapping[str, Any]) -> Change:
    change = Change(cell["row"], cell["column"], cell["value"], cell["version"], cell.get("seen"))
    texts = (change.row, change.column, change.value, change.seen or "")
    if not all(isinstance(text, str) for text in texts) or type(change.version) is not int:
        raise TypeError
    return change
