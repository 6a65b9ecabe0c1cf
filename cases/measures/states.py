"""What stands in a cell of outcomes: a value, or one of the ways in which there is none. Each has a word and a shape."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.measures.models import MeasureEdition, Outcome
from committee.models import Period
from core import formats
from core.reading import canonical

Unit = MeasureEdition.Unit
Absent = Outcome.Absent


class State(TextChoices):
    VALUE = "value", pgettext_lazy("state of an outcome", "There")
    STALE = "stale", gettext_lazy("From before the period")
    MISSING = "missing", gettext_lazy("Missing")
    NOT_DUE = "not_due", gettext_lazy("Not due yet")
    YEAR_ONLY = "year_only", gettext_lazy("Full year only")
    NOT_MEASURED = "not_measured", gettext_lazy("Not measured")
    LATE = "late", gettext_lazy("Not ready yet")
    NOT_SEPARATED = "not_separated", gettext_lazy("Not kept apart")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("Not applicable")
    BROKEN = "broken", gettext_lazy("Cannot be compared")
    NONE = "none", gettext_lazy("Not followed up then")


# Names of the sprite: shape and word say it, hue only helps.
SHAPES = {
    State.STALE: "stale",
    State.MISSING: "missing",
    State.NOT_DUE: "later",
    State.YEAR_ONLY: "wait",
    State.NOT_MEASURED: "none",
    State.LATE: "later",
    State.NOT_SEPARATED: "none",
    State.NOT_APPLICABLE: "none",
    State.BROKEN: "none",
    State.NONE: "none",
}
WITH_VALUE = frozenset({State.VALUE, State.STALE})

SEXES = {"women": gettext_lazy("Women"), "men": gettext_lazy("Men")}


def state_of(edition: MeasureEdition, outcome: Outcome | None, period: Period, today: date) -> State:
    """Return how it stands with a measure in a period, seen on a day."""
    if outcome and outcome.absent:
        return State(outcome.absent)
    if outcome:
        return State.STALE if outcome.as_of < period.starts_on else State.VALUE
    if edition.cadence == MeasureEdition.Cadence.YEAR and period.kind != Period.Kind.YEAR:
        return State.YEAR_ONLY
    return State.NOT_DUE if today <= period.ends_on else State.MISSING


def cell_of(outcome: Outcome | None, state: State, *, note: str = "") -> dict:
    """Return a cell as canonical JSON: the unrounded value as text, and all that writes it."""
    has_value = outcome is not None and state in WITH_VALUE
    cell = {"state": state.value, "value": canonical(outcome.exact) if has_value and outcome else ""}
    if has_value and outcome:
        cell |= {"unit": outcome.edition.unit, "decimals": outcome.edition.decimals}
    if outcome and outcome.is_corrected:
        cell["corrected"] = outcome.correction_reason
    note = note or (outcome.absent_reason if outcome else "")
    return cell | ({"note": note} if note else {})


def part_name(part: str) -> str:
    """Return what a part of a split measure is called."""
    return str(SEXES.get(part, part))


BARE = (Unit.WEEKS, Unit.MONTHS, Unit.KRONOR)  # units that a table writes without: they stand beside the name


def written(value, unit: str, decimals: int) -> str:
    """Write a value as a table has it: `9 %`, `14 036`, `Ja`; an empty text for None."""
    if value is None:
        return ""
    if unit == Unit.YES_NO:
        return _("Yes") if value else _("No")
    number = formats.number(value, decimals)
    return f"{number}{formats.NBSP}%" if unit == Unit.PERCENT else number


def in_words(value, unit: str, decimals: int) -> str:
    """Write a value with its unit for prose: `9 procent`, `31`, `4 veckor`."""
    if unit == Unit.PERCENT:
        return formats.percent(value, decimals)
    if unit in BARE:
        return f"{formats.number(value, decimals)}{formats.NBSP}{Unit(unit).label}"
    return written(value, unit, decimals)
