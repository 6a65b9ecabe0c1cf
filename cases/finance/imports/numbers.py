"""Volumes, key figures and staff from a file: a number for each row of ours, or in words why there is none."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance import services
from cases.finance.imports.amounts import SLICES, WHEN, closed, foretold, kind_in
from cases.finance.models import KeyFigure, KeyFigureValue
from cases.finance.models.kinds import Kind
from cases.finance.services import NewValue
from core import formats
from core.importing.targets import (
    CellError,
    Change,
    CodeList,
    Context,
    ImportColumn,
    Plan,
    Row,
    Target,
    import_target,
)
from core.naming import key_of

Absent = KeyFigureValue.Absent
# How files say why there is no number: as we do in either language, or by the name that we keep.
WORDS = {
    text.casefold(): reason
    for reason, texts in {
        Absent.AT_YEAR_END: ("Given at the closing of the year", "Anges vid årsbokslut"),
        Absent.NOT_SEPARATED: ("Not separated", "Särredovisas inte", "Särredovisas ej", "Ej särredovisat"),
        Absent.NOT_MEASURED: ("Not measured", "Mäts inte", "Mäts ej"),
        Absent.NOT_DUE: ("Not due yet", "Inte dags än"),
    }.items()
    for text in (*texts, reason.value)
}
# kind, years from the period's, whole year
WIDE = {
    "actual": (Kind.ACTUAL, 0, False),
    "last_year": (Kind.ACTUAL, -1, False),
    "budget": (Kind.BUDGET, 0, True),
    "forecast": (Kind.FORECAST, 0, True),
}


def _number(key: str, label: Any, *aliases: str, is_rare: bool = False) -> ImportColumn:
    return ImportColumn(
        key, label, "percent", False, decimals=4, is_rare=is_rare, aliases=aliases, words=WORDS
    )


COLUMNS = [
    ImportColumn(
        "figure",
        gettext_lazy("Row"),
        "code",
        code_of="figure",
        aliases=("Nyckeltal", "Volym", "Kod", "Rad"),
        may_join=True,
    ),
    _number("actual", gettext_lazy("Actual of the period"), "Utfall"),
    _number(
        "last_year",
        gettext_lazy("Actual of the same months last year"),
        "Utfall föregående år",
        "Föregående år",
    ),
    _number("budget", gettext_lazy("Budget of the year"), "Budget", "Årsbudget"),
    _number("forecast", gettext_lazy("Forecast of the year"), "Prognos", "Helårsprognos"),
    _number("value", gettext_lazy("Value"), "Värde", "Antal", is_rare=True),
    ImportColumn(
        "kind",
        gettext_lazy("Kind"),
        "code",
        is_required=False,
        code_of="kind",
        is_rare=True,
        help=gettext_lazy("Only for a file with one column of numbers, whose rows say what they are."),
    ),
    *WHEN,
]


def plan(rows: Sequence[Row], context: Context) -> Plan:
    """Compare what every row says with what the period reports; an empty cell says nothing."""
    period = context.subject
    figures = {one.code: one for one in _figures(period)}
    values = KeyFigureValue.objects.filter(reported_in=period)
    held = {(one.figure_id, one.kind, one.year, one.months): one for one in values}
    result, seen = Plan(payload=[]), {}
    for row in rows:
        if fault := foretold(row, period):
            result.errors.append(fault)
            continue
        for column, new in _values(row, figures[row.values["figure"]], period):
            first = seen.setdefault(new.place, row.number)
            if wrong := _wrong(row, column, first):
                result.errors.append(wrong)
            elif _told(held.get(new.place)) != (new.value, new.absent):
                result.payload.append(new)
                result.changes.append(_change(new, held.get(new.place), row.cells[column]))
    return result


def _wrong(row: Row, column: str, first: int) -> CellError | None:
    if column == "value" and not row.values.get("kind"):
        said = _("Say whether this is actual, budget or forecast, in a column for the kind.")
        return CellError(row.cells["value"], said)
    if first != row.number:
        said = _("This is the same as row %s. Take one of them away, or add them together.") % first
        return CellError(row.cells["figure"], said)
    return None


def _values(row: Row, figure: KeyFigure, period: Any) -> Iterator[tuple[str, NewValue]]:
    wide = {column: (*told, row.values.get(column)) for column, told in WIDE.items()}
    kind = Kind(row.values.get("kind") or Kind.ACTUAL)
    wide["value"] = (kind, 0, kind != Kind.ACTUAL, row.values.get("value"))
    for column, (kind, years, whole_year, said) in wide.items():
        if said is None:
            continue
        months = 12 if whole_year else period.months
        yield (
            column,
            NewValue(
                figure,
                kind_in(period, column, kind).value,
                int(row.values.get("year") or period.year) + years,
                value=said if isinstance(said, Decimal) else None,
                absent="" if isinstance(said, Decimal) else said.value,
                months=int(row.values.get("months") or months),
            ),
        )


def _told(value: KeyFigureValue | None) -> tuple[Decimal | None, str]:
    return (value.value, value.absent) if value else (None, "")


def _change(new: NewValue, before: KeyFigureValue | None, cell: str) -> Change:
    months = "" if new.months == 12 else _(" (%s months)") % new.months
    what = f"{new.figure} · {Kind(new.kind).label} {new.year}{months}"
    return Change(what, _shown(*_told(before)), _shown(new.value, new.absent), cell)


def _shown(value: Decimal | None, absent: str) -> str:
    if absent:
        return str(Absent(absent).label)
    return "" if value is None else formats.exact(value)


def apply(plan: Plan, context: Context) -> None:
    services.record_values(context.subject, plan.payload, by=context.by)


def _figures(period):
    figures = period.body.key_figures.filter(row=KeyFigure.Row.NUMBER)
    return figures.in_use(period.year - 1, period.year).select_related("part_of")


def _codes(period):
    return [
        (one.code, f"{one.part_of.label}: {one.label}" if one.part_of else one.label)
        for one in _figures(period)
    ]


def _kinds(period):
    return [(kind.value, str(kind.label)) for kind in Kind]


import_target(
    Target(
        name="finance.numbers",
        label=gettext_lazy("Volumes, key figures and staff"),
        help=gettext_lazy("A number, or in words why there is none: an empty cell changes nothing."),
        subject="committee.Period",
        permission="finance.enter_amounts",
        columns=COLUMNS,
        plan=plan,
        apply=apply,
        place=lambda period: key_of(period.body),
        year=lambda period: period.year,
        code_lists={
            "figure": CodeList(gettext_lazy("Row"), _codes),
            "kind": CodeList(gettext_lazy("Kind"), _kinds),
            **SLICES,
        },
        closed=closed,
        seen_at=lambda period: reverse("finance:period-section", args=[period.pk, "counted"]),
        begins_at="finance:period-list",
    )
)
