"""A measure's row in the grid: what stands in its cells, what may be changed, and how a cell is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.measures.judging import SHAPES, Standing, computed_of
from cases.measures.models import Level, MeasureEdition, Outcome, Rating, RatingStep
from cases.measures.services import Entry
from cases.measures.states import State, state_of, written
from cases.measures.tree import MeasureNode
from committee.models import Period
from core import clock, formats, reading
from core.grid import Cell, Column, Refused
from core.grid.columns import NO, YES

FRACTION = re.compile(r"\s*(?P<numerator>[^/]+?)\s*/\s*(?P<denominator>[^/]+?)\s*")
MOST_DECIMALS = 2


def columns_of(period: Period) -> tuple[Column, ...]:
    steps = RatingStep.objects.filter(
        municipality=period.body.municipality_id, level=Level.MEASURE, kind=period.kind
    )
    return (
        Column("before", _last_year(period), "text", width="narrow"),
        Column("target", gettext_lazy("Target"), "text", width="narrow"),
        Column(
            "fraction", gettext_lazy("Numerator / denominator"), "text", width="narrow",
            help=gettext_lazy("Write it like 13 / 17; the percentage is computed."),
        ),
        Column("value", gettext_lazy("Outcome"), "number", decimals=MOST_DECIMALS, exact=True),
        Column("yes", gettext_lazy("Yes or no"), "yesno", width="narrow"),
        Column("forecast", gettext_lazy("Forecast"), "number", decimals=MOST_DECIMALS, exact=True),
        Column("computed", gettext_lazy("Computed"), "text", width="narrow"),
        Column(
            "given", gettext_lazy("Rating"), "select",
            options=tuple((str(step.pk), step.label) for step in steps), width="wide",
        ),
        Column("reason", gettext_lazy("Reason"), "text", width="wide"),
    )  # fmt: skip


def _last_year(period: Period) -> str:
    return _("Outcome %s") % (period.year - 1)


@dataclass
class Line:
    """A measure with its outcome and rating in the period."""

    edition: MeasureEdition
    period: Period
    outcome: Outcome | None
    rating: Rating | None

    def __post_init__(self):
        if self.outcome:
            self.outcome.edition, self.outcome.period = self.edition, self.period

    @classmethod
    def of(cls, node: MeasureNode, period: Period) -> "Line":
        return cls(node.edition, period, node.outcome, node.rating)

    @property
    def state(self) -> State:
        return state_of(self.edition, self.outcome, self.period, clock.today())


def cells_of(line: Line, columns: Sequence[Column], user) -> dict[str, Cell]:
    """Return a measure's cells; what this reader may not change is closed and says why."""
    edition, outcome, rating = line.edition, line.outcome, line.rating
    why = why_closed(line, user)
    is_open = not why
    value = outcome.exact if outcome else None
    computed = computed_of(edition, outcome)
    has_outcome = is_open and line.state != State.YEAR_ONLY
    cells = {
        "before": Cell(is_open=False),
        "target": Cell(_target(edition), is_open=False),
        "fraction": Cell(_fraction(outcome), is_open=has_outcome and edition.is_fraction),
        "value": _value_cell(line, value, has_outcome and not edition.is_yes_no),
        "yes": Cell(_yes(value) if edition.is_yes_no else "", is_open=has_outcome and edition.is_yes_no),
        "forecast": Cell.of(outcome.forecast if outcome else None, is_open=has_outcome and bool(outcome)),
        "computed": _computed_cell(computed),
        "given": Cell(str(rating.given_id or "") if rating else "", is_open=is_open),
        "reason": Cell(rating.reason if rating else "", is_open=is_open),
    }
    _say_why(cells, line, why, computed)
    return cells


def _value_cell(line: Line, value: Decimal | None, is_open: bool) -> Cell:
    if line.edition.is_yes_no:
        return Cell(is_open=False)
    cell = Cell.of(value, is_open=is_open)
    if line.state == State.VALUE:
        return cell
    return replace(cell, note=line.state.label, state=_grid_shape(line.state))


def _grid_shape(state: State) -> str:
    return {State.STALE: "risk", State.YEAR_ONLY: "wait", State.NOT_DUE: "wait"}.get(state, "missing")


def _computed_cell(computed: Standing | None) -> Cell:
    if computed is None:
        return Cell(is_open=False)
    return Cell(is_open=False, note=computed.label, state=SHAPES[computed])


def _say_why(cells: dict[str, Cell], line: Line, why: str, computed: Standing | None) -> None:
    rating = line.rating
    if why:
        cells["reason"] = replace(
            cells["reason"], note=why, state="ok" if rating and rating.is_ready else "wait"
        )
    elif rating and rating.given and computed and rating.given.standing != computed and not rating.reason:
        cells["reason"] = replace(cells["reason"], note=_("Write why it differs"), state="bad")


def why_closed(line: Line, user) -> str:
    """Say why a reader may not change a row; empty when they may."""
    if not line.period.is_open:
        return _("The period is closed.")
    if line.rating and line.rating.is_ready:
        return _("Ready. Correct it on its own page.")
    if not user.has_perm("measures.enter_outcome", line.edition):
        return _("Reported by %s.") % line.edition.responsible
    return ""


def entry_of(outcome: Outcome | None, changed: Mapping[str, str]) -> Entry | None:
    """Return the entry that the changed cells make of an outcome; None when none of them is of it."""
    if not {"fraction", "value", "yes", "forecast"} & changed.keys():
        return None
    entry = Entry.of(outcome) if outcome else Entry()
    nothing = {"value": None, "numerator": None, "denominator": None, "absent": "", "absent_reason": ""}
    if "value" in changed:
        entry = replace(entry, **nothing | {"value": reading.number(changed["value"].replace(".", ","))})
    if "yes" in changed:
        answer = {YES: Decimal(1), NO: Decimal(0)}.get(changed["yes"])
        entry = replace(entry, **nothing | {"value": answer})
    if "fraction" in changed:
        numerator, denominator = read_fraction(changed["fraction"]) if changed["fraction"] else (None, None)
        entry = replace(entry, **nothing | {"numerator": numerator, "denominator": denominator})
    if "forecast" in changed:
        entry = replace(entry, forecast=reading.number(changed["forecast"].replace(".", ",")))
    return entry


def read_fraction(text: str) -> tuple[Decimal, Decimal]:
    """Read `13 / 17`; raises Refused or Unreadable."""
    found = FRACTION.fullmatch(text)
    if not found:
        raise Refused(_("Write a numerator and a denominator, such as 13 / 17."))
    numerator, denominator = reading.number(found["numerator"]), reading.number(found["denominator"])
    if numerator is None or denominator is None or denominator <= 0:
        raise Refused(_("The denominator has to be above zero."))
    if numerator < 0:
        raise Refused(_("The value cannot be below zero."))
    return numerator, denominator


def _fraction(outcome: Outcome | None) -> str:
    if outcome is None or outcome.numerator is None:
        return ""
    return f"{formats.exact(outcome.numerator)} / {formats.exact(outcome.denominator)}"


def _yes(value: Decimal | None) -> str:
    return "" if value is None else (YES if value else NO)


def _target(edition: MeasureEdition) -> str:
    if edition.target is None:
        return ""
    return written(edition.target, edition.unit, formats.decimals_of(edition.target))
