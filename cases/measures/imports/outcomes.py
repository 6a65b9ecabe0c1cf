"""Outcomes of measures from a file, or from Kolada: codes of measures and parts become ours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.measures import services
from cases.measures.models import MeasureEdition, Outcome
from cases.measures.services import Entry, Refused, check_entry
from cases.measures.states import SEXES
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

WHOLE = "total"
NUMBERS = ("value", "numerator", "denominator", "forecast")
FIELDS = {"split": "part"}  # what an outcome's fields are called here, where they differ
# How Kolada and our own exports call the parts.
PARTS = {"t": WHOLE, "": WHOLE, "k": "women", "m": "men", "women": "women", "men": "men"}

# What a measure of yes or no may say instead of 1 and 0.
YES_NO = {"ja": True, "yes": True, "sant": True, "nej": False, "no": False, "falskt": False}

COLUMNS = [
    ImportColumn(
        "measure",
        pgettext_lazy("in a goal tree", "Measure"),
        "code",
        code_of="measure",
        aliases=("Nr", "Mått", "kpi", "Nyckeltal"),
    ),
    ImportColumn(
        "part",
        gettext_lazy("Part"),
        "code",
        is_required=False,
        code_of="part",
        aliases=("gender", "Kön", "Del"),
    ),
    ImportColumn(
        "municipality",
        gettext_lazy("Municipality"),
        "code",
        is_required=False,
        code_of="municipality",
        is_rare=True,
        aliases=("municipality", "Kommun"),
        help=gettext_lazy("For files with several municipalities: leave out the rows of the others."),
    ),
    ImportColumn(
        "year",
        gettext_lazy("Year"),
        "code",
        is_required=False,
        code_of="year",
        is_rare=True,
        aliases=("period", "År"),
        help=gettext_lazy("For files with several years: leave out the rows of the others."),
    ),
    ImportColumn(
        "value",
        gettext_lazy("Outcome"),
        "percent",
        False,
        decimals=4,
        aliases=("value", "Utfall", "Värde"),
        words=YES_NO,
    ),
    ImportColumn(
        "numerator",
        gettext_lazy("Numerator"),
        "number",
        False,
        decimals=4,
        is_rare=True,
        aliases=("Täljare",),
    ),
    ImportColumn(
        "denominator",
        gettext_lazy("Denominator"),
        "number",
        False,
        decimals=4,
        is_rare=True,
        aliases=("Nämnare",),
    ),
    ImportColumn(
        "forecast",
        gettext_lazy("Forecast for the year"),
        "percent",
        False,
        decimals=4,
        aliases=("Prognos", "Forecast"),
        words=YES_NO,
    ),
    ImportColumn("comment", gettext_lazy("Comment"), "text", False, aliases=("Kommentar",)),
]


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """What a measure's part came to, and from where in the file."""

    edition: MeasureEdition
    part: str  # empty: the whole
    entry: Entry


def plan(rows: Sequence[Row], context: Context) -> Plan:
    """Compare every row's outcome with what stands there; a row without any number says nothing."""
    period = context.subject
    editions = {str(one.measure.number): one for one in _editions(period)}
    held = {(one.edition_id, one.split): one for one in Outcome.objects.filter(period=period)}
    result, seen = Plan(payload=[]), {}
    for row in rows:
        if all(row.values.get(key) is None for key in NUMBERS):
            continue
        edition = editions[row.values["measure"]]
        part = row.values.get("part", WHOLE)
        part = "" if part in ("", WHOLE) else part
        first = seen.setdefault((edition.pk, part), row.number)
        if first != row.number:
            result.errors.append(_twin(row, first))
            continue
        _compare(row, edition, part, held.get((edition.pk, part)), context, result)
    return result


def _compare(row: Row, edition, part: str, outcome: Outcome | None, context: Context, result: Plan) -> None:
    before = Entry.of(outcome) if outcome else Entry()
    try:
        entry = _entry(row, before, edition)
        check_entry(edition, context.subject, part, entry)
    except Refused as refused:
        cell = row.cells.get(FIELDS.get(refused.field, refused.field), row.cells["measure"])
        result.errors.append(CellError(cell, str(refused)))
        return
    if changes := _changes(row, edition, part, before, entry):
        result.changes += changes
        result.payload.append(NewOutcome(edition, part, entry))


def _entry(row: Row, before: Entry, edition: MeasureEdition) -> Entry:
    """Return what stands there with the row's own put in its place; an empty cell changes nothing. Raises Refused."""
    said: dict[str, Any] = {
        key: _number(key, row.values[key], edition) for key in NUMBERS if row.values.get(key) is not None
    }
    if row.values.get("comment"):
        said["comment"] = row.values["comment"]
    if "numerator" in said or "denominator" in said:
        said |= {"value": None, "absent": "", "absent_reason": ""}
    elif "value" in said:
        said |= {"numerator": None, "denominator": None, "absent": "", "absent_reason": ""}
    return replace(before, **said)


def _number(key: str, told: Any, edition: MeasureEdition) -> Decimal:
    """Return what a cell says as a number: yes is 1 and no is 0 where the measure is one of yes and no."""
    if not isinstance(told, bool):
        return told
    if not edition.is_yes_no:
        raise Refused(key, _("The measure takes a number, not yes or no."))
    return Decimal(int(told))


def _changes(row: Row, edition, part: str, before: Entry, after: Entry) -> list[Change]:
    labels = {column.key: column.label for column in COLUMNS}
    name = f"{edition.measure.number} {edition.name}" + (f" ({part})" if part else "")
    return [
        Change(
            f"{name} · {labels[key]}",
            _written(getattr(before, key), edition),
            _written(getattr(after, key), edition),
            row.cells[key],
        )
        for key in (*NUMBERS, "comment")
        if key in row.cells and getattr(before, key) != getattr(after, key)
    ]


def _written(value: Any, edition) -> str:
    if not isinstance(value, Decimal):
        return value or ""
    places = max(edition.decimals, -int(value.normalize().as_tuple().exponent))
    return formats.number(value, places)


def _twin(row: Row, first: int) -> CellError:
    return CellError(
        row.cells["measure"],
        _("This is the same as row %s. Take one of them away, or add them together.") % first,
    )


def apply(plan: Plan, context: Context) -> None:
    """Enter every outcome by the same door as the pages; what was marked as ready is noted as corrected."""
    for new in plan.payload:
        services.enter_outcome(
            new.edition,
            context.subject,
            new.entry,
            split=new.part,
            by=context.by,
            correction=_("Imported from %s") % context.source,
        )


def _editions(period):
    return MeasureEdition.objects.of_period(period).select_related("measure").order_by("position", "pk")


def _measures(period):
    return [(str(one.measure.number), one.name) for one in _editions(period)]


def _parts(period):
    own = dict.fromkeys(part for one in _editions(period) for part in one.parts)
    sexes = [(WHOLE, _("Total")), *SEXES.items()]
    return [*sexes, *((part, part) for part in own)]


def _year(period):
    return [(str(period.year), str(period.year))]


def _municipality(period):
    municipality = period.body.municipality
    return [(municipality.slug, municipality.name)]


def _closed(period):
    return "" if period.is_open else _("%s is closed. A controller can open it again.") % period


import_target(
    Target(
        name="measures.outcomes",
        label=gettext_lazy("Outcomes of measures"),
        subject="committee.Period",
        permission="measures.import_outcomes",
        columns=COLUMNS,
        plan=plan,
        apply=apply,
        place=lambda period: key_of(period.body),
        year=lambda period: period.year,
        code_lists={
            "measure": CodeList(pgettext_lazy("in a goal tree", "Measure"), _measures),
            "part": CodeList(gettext_lazy("Part"), _parts, PARTS),
            "municipality": CodeList(gettext_lazy("Municipality"), _municipality),
            "year": CodeList(gettext_lazy("Year"), _year),
        },
        closed=_closed,
        seen_at=lambda period: reverse("measures:tree", args=[period.pk]),
        begins_at="measures:current",
        takes_kolada=True,
    )
)
