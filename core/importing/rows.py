"""Files whose rows are rows of ours, field by field: what differs is told, an empty cell changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import formats
from core.importing.targets import CellError, Change, ImportColumn, Plan, Row


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of a file says of a row of ours, as far as it is something new."""

    row: Row
    of: Any  # ours; None for one that there is not yet
    fields: dict[str, Any]

    @property
    def cell(self) -> str:
        """Where it is told: what is wrong with the whole row stands there."""
        return next(iter(self.row.cells.values()))


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a file become rows of ours.

    `reads` gives what a field of ours is in the file's terms where that is not its attribute; `options` the words
    of codes, by column; `refuse` says why something cannot be saved.
    """

    columns: Sequence[ImportColumn]  # those that may change; what names the row is not among them
    find: Callable[[Row], Any]
    name: Callable[[Row, Any], str]
    reads: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    refuse: Callable[[Told], str] = lambda _told: ""

    def before(self, of: Any, key: str) -> Any:
        if of is None:
            return None
        return self.reads[key](of) if key in self.reads else getattr(of, key)

    def words(self, key: str, value: Any) -> str:
        if value is None:
            return ""
        if key in self.options:
            return self.options[key].get(str(value), str(value))
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return formats.exact(Decimal(value))
        return formats.iso(value) if isinstance(value, date) else str(value)


def plan_rows(rows: Sequence[Row], shape: Shape) -> Plan:
    """Compare every row with ours. The payload is a Told for each row that says something new."""
    result = Plan(payload=[])
    for row in rows:
        told = _told(row, shape)
        if not told.fields:
            continue
        if why := shape.refuse(told):
            result.errors.append(CellError(told.cell, why))
            continue
        result.payload.append(told)
        result.changes += _changes(told, shape)
    return result


def _told(row: Row, shape: Shape) -> Told:
    of = shape.find(row)
    said = {
        column.key: row.values[column.key]
        for column in shape.columns
        if column.key in row.cells and row.values[column.key] not in {None, ""}
    }
    return Told(row, of, {key: value for key, value in said.items() if shape.before(of, key) != value})


def _changes(told: Told, shape: Shape) -> list[Change]:
    labels = {column.key: column.label for column in shape.columns}
    name = shape.name(told.row, told.of)
    new = "" if told.of else f" ({_('new')})"
    return [
        Change(
            f"{name}{new} · {labels[key]}",
            shape.words(key, shape.before(told.of, key)),
            shape.words(key, value),
            told.row.cells[key],
        )
        for key, value in told.fields.items()
    ]
