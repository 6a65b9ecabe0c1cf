"""Editions: a new one is a copy whose rows say which row they continue; the difference is a join."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def copy(row: M, **changes: Any) -> M:
    """Save and return a copy of the row that continues it, with the given changes."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != "continues"
    }
    copied = type(row)(**values)
    for name, value in {"continues": row, **changes}.items():
        setattr(copied, name, value)
    copied.save(force_insert=True)
    return copied


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of two editions: what stood, what stands, and which of the fields differ."""

    before: Any | None
    after: Any | None
    fields: tuple[str, ...]

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.fields else "same"


def differences(before: Iterable[Model], after: Iterable[Model], fields: Iterable[str]) -> list[Difference]:
    """Compare the rows of an edition with those of the one it continues, in the new one's order.

    Rows are joined by `continues_id`; removed rows come last.
    """
    old = {row.pk: row for row in before}
    names = tuple(fields)
    found = [_difference(old.pop(getattr(row, "continues_id", None), None), row, names) for row in after]
    return found + [Difference(row, None, ()) for row in old.values()]


def _difference(before: Model | None, after: Model, names: tuple[str, ...]) -> Difference:
    if before is None:
        return Difference(None, after, ())
    changed = tuple(name for name in names if getattr(before, name) != getattr(after, name))
    return Difference(before, after, changed)
