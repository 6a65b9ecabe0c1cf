"""Writing money and numbers, many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.finance.models import Amount, BudgetVersion, KeyFigure, KeyFigureValue, Line, Project
from cases.finance.models.kinds import Kind
from cases.finance.services.locking import open_budget, open_period
from committee.models import OperatingArea, Period, Person
from core.services import service


@dataclass(frozen=True, slots=True)
class NewAmount:
    """So many kronor at a place of the cube; None takes away what stands there."""

    line: Line
    kind: str
    year: int
    kronor: Decimal | None
    months: int = 12
    area: OperatingArea | None = None
    project: Project | None = None

    @property
    def place(self) -> tuple[Any, ...]:
        area, project = self.area.pk if self.area else None, self.project.pk if self.project else None
        return self.line.pk, area, project, self.kind, self.year, self.months


@dataclass(frozen=True, slots=True)
class NewValue:
    """A key figure's number, or why there is none; neither takes away what stands there."""

    figure: KeyFigure
    kind: str
    year: int
    value: Decimal | None = None
    absent: str = ""
    months: int = 12

    @property
    def place(self) -> tuple[Any, ...]:
        return self.figure.pk, self.kind, self.year, self.months


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many rows an entry made, changed, took away and found as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0


@service
def record_amounts(into: Period | BudgetVersion, amounts: Iterable[NewAmount], *, by: Person) -> Recorded:
    """Write amounts as a period reports them, or as a budget has them.

    The same amounts once more change nothing; of two at the same place the last one stands. Raises Locked.
    """
    owner: dict[str, Period | BudgetVersion]
    if isinstance(into, BudgetVersion):
        owner = {"budget": open_budget(into)}
    else:
        owner = {"reported_in": open_period(into)}
    wanted = {new.place: new for new in amounts}
    if any((new.kind == Kind.BUDGET) != ("budget" in owner) for new in wanted.values()):
        raise ValueError("a budget's amounts are of a version, all others of a period")
    held = {_place(row): row for row in Amount.objects.select_for_update().filter(**owner)}
    return _write(Amount, held, wanted, lambda new: {"kronor": new.kronor}, owner)


@service
def record_values(period: Period, values: Iterable[NewValue], *, by: Person) -> Recorded:
    """Write key figures as a period reports them; the same once more change nothing. Raises Locked."""
    owner = {"reported_in": open_period(period)}
    wanted = {new.place: new for new in values}
    rows = KeyFigureValue.objects.select_for_update().filter(**owner)
    held = {(row.figure_id, row.kind, row.year, row.months): row for row in rows}
    return _write(KeyFigureValue, held, wanted, lambda new: {"value": new.value, "absent": new.absent}, owner)


def _place(row: Amount) -> tuple[Any, ...]:
    return row.line_id, row.area_id, row.project_id, row.kind, row.year, row.months


def _write(model, held: dict, wanted: dict, content, owner: dict) -> Recorded:
    """Bring the rows held to what is wanted, in three statements; `content` gives the fields that may differ."""
    added, changed, removed = [], [], []
    for place, new in wanted.items():
        row, fields = held.get(place), content(new)
        if not any(value not in {None, ""} for value in fields.values()):
            removed += [row.pk] if row else []
        elif row is None:
            added.append(model(**_at(new), **fields, **owner))
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.version += 1
            changed.append(row)
    model.objects.bulk_create(added)
    model.objects.bulk_update(
        changed, [*content(next(iter(wanted.values()))), "version"] if changed else ["version"]
    )
    model.objects.filter(pk__in=removed).delete()
    same = len(wanted) - len(added) - len(changed) - len(removed)
    return Recorded(len(added), len(changed), len(removed), same)


def _at(new: NewAmount | NewValue) -> dict[str, Any]:
    """Return where in the cube a new row stands."""
    at: dict[str, Any] = {"kind": new.kind, "year": new.year, "months": new.months}
    if isinstance(new, NewValue):
        return {**at, "figure": new.figure}
    return {**at, "line": new.line, "area": new.area, "project": new.project}
