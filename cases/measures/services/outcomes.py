from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.measures.models import MeasureEdition, Outcome, Rating
from cases.measures.services.refusing import Refused, check_texts, check_value, lock_open
from committee.models import Period, Person
from core import clock
from core.figures import resolve
from core.richtext.references import FigureRef
from core.services import service

NUMBERS = ("value", "numerator", "denominator", "forecast")
TEXTS = ("absent_reason", "comment", "evidence")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered for a measure in a period: a value, or numerator and denominator, or why there is none."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    forecast: Decimal | None = None
    absent: str = ""
    absent_reason: str = ""
    comment: str = ""
    evidence: str = ""
    as_of: date | None = None

    @classmethod
    def of(cls, outcome: Outcome) -> "Entry":
        """Return what stands in an outcome, to be changed in part by `dataclasses.replace`."""
        return cls(**{field.name: getattr(outcome, field.name) for field in fields(cls)})

    @property
    def is_empty(self) -> bool:
        return not self.absent and self.value is None and self.numerator is None and self.denominator is None


class Stale(Exception):
    """Somebody else changed the outcome after it was read."""


@service
def enter_outcome(
    edition: MeasureEdition,
    period: Period,
    entry: Entry,
    *,
    by: Person,
    split: str = "",
    correction: str = "",
    version: int | None = None,
) -> Outcome:
    """Save what a measure came to in a period, or change it.

    What was marked as ready before is changed only with a reason (`correction`), and stays marked as corrected.
    Raises Refused with its field for what cannot be saved, and Stale when `version` is given and is not the last.
    """
    period = lock_open(period)
    check_entry(edition, period, split, entry)
    outcome = edition.outcomes.select_for_update(of=("self",)).filter(period=period, split=split).first()
    if version is not None and (outcome.version if outcome else 0) != version:
        raise Stale
    if outcome is None:
        return _begin(edition, period, split, entry, by)
    if Entry.of(outcome) == _dated(entry, outcome.as_of):
        return outcome
    _note_correction(outcome, correction)
    return _change(outcome, _dated(entry, outcome.as_of), by)


@service
def clear_outcome(outcome: Outcome, *, by: Person, reason: str) -> None:
    """Take away an outcome that was entered by mistake; the history keeps what stood there."""
    lock_open(outcome.period)
    outcome.delete()


@service
def fetch_outcome(edition: MeasureEdition, period: Period, *, by: Person) -> Outcome:
    """Take a measure's value from its figure, such as the committee's net deviation.

    A measure of yes and no is yes when the value is not below zero. Raises Refused when the figure has no value.
    """
    ref = FigureRef(edition.source_figure, tuple(sorted(edition.source_args.items())), "")
    found = resolve([ref], {"committee.period": period})[ref] if edition.source_figure else None
    if found is None:
        raise Refused("value", _("There is no value to fetch for %s yet.") % period)
    value = Decimal(found.value)
    entry = Entry(
        value=Decimal(int(value >= 0)) if edition.is_yes_no else value,
        evidence=_("Fetched: %s") % found.text,
    )
    return enter_outcome(edition, period, entry, by=by)


def check_entry(edition: MeasureEdition, period: Period, split: str, entry: Entry) -> None:
    """Raise Refused, with its field, for what the measure cannot have come to in the period."""
    if edition.year != period.year or edition.measure.body_id != period.body_id:
        raise Refused("", _("The measure does not belong to %s.") % period)
    if edition.cadence == MeasureEdition.Cadence.YEAR and period.kind != Period.Kind.YEAR:
        raise Refused("value", _("The measure is followed up for the full year."))
    if split and split not in edition.part_keys:
        raise Refused("split", _("The measure has no part “%s”.") % split)
    _check_shape(entry)
    for field in NUMBERS:
        check_value(edition, field, getattr(entry, field))
    check_texts(**{field: getattr(entry, field) for field in TEXTS})


def _check_shape(entry: Entry) -> None:
    """Refuse anything but one of: a value, a whole fraction, or why there is none."""
    if (entry.numerator is None) != (entry.denominator is None):
        missing = "numerator" if entry.numerator is None else "denominator"
        raise Refused(missing, _("Write both the numerator and the denominator."))
    if entry.denominator is not None and entry.denominator <= 0:
        raise Refused("denominator", _("The denominator has to be above zero."))
    if entry.value is not None and entry.numerator is not None:
        raise Refused("value", _("Write the value, or the numerator and the denominator, not both."))
    if entry.absent and (entry.value is not None or entry.numerator is not None):
        raise Refused("absent", _("There is a value. Take it away, or take away why there is none."))
    if entry.absent and not entry.absent_reason.strip():
        raise Refused("absent_reason", _("Write why there is no value."))
    if entry.is_empty:
        raise Refused("value", _("Write a value, or why there is none."))


def _begin(edition: MeasureEdition, period: Period, split: str, entry: Entry, by: Person) -> Outcome:
    as_of = min(clock.today(), period.ends_on)
    values = _values(_dated(entry, as_of))
    return Outcome.objects.create(edition=edition, period=period, split=split, by=by, **values)


def _change(outcome: Outcome, entry: Entry, by: Person) -> Outcome:
    for name, value in {**_values(entry), "by": by, "at": timezone.now()}.items():
        setattr(outcome, name, value)
    outcome.version += 1
    outcome.save()
    return outcome


def _note_correction(outcome: Outcome, reason: str) -> None:
    """Mark a change of what was ready as a correction; raises Refused when nobody says why."""
    ready = Rating.objects.filter(
        edition=outcome.edition_id, period=outcome.period_id, status=Rating.Status.READY
    )
    if not ready.exists():
        return
    if not reason.strip():
        raise Refused("correction", _("The measure is marked as ready. Write why it is corrected."))
    check_texts(correction=reason)
    outcome.corrected_at, outcome.correction_reason = timezone.now(), reason


def _dated(entry: Entry, as_of: date) -> Entry:
    return entry if entry.as_of else Entry(**{**_values(entry), "as_of": as_of})


def _values(entry: Entry) -> dict:
    return {field.name: getattr(entry, field.name) for field in fields(Entry)}
