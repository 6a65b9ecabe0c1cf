"""Figures about who meets and when, and the words for a period."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import figures, formats
from core.figures import Offer, Origin, Value, figure


@figure(
    "meeting.date", subject="committee.Meeting", label=gettext_lazy("The meeting's date"), forms=figures.DATE
)
def meeting_date(meeting, refs):
    """The day on which the meeting begins."""
    origin = Origin(label=_("The meeting's date"), source=str(meeting), url=meeting.get_absolute_url())
    return [Value(meeting.starts_at, origin=origin)] * len(refs)


@figure("body.name", subject="committee.Body", label=gettext_lazy("The committee's name"))
def body_name(body, refs):
    origin = Origin(label=_("The committee's name"), source=str(body.municipality))
    return [Value(body.name, origin=origin)] * len(refs)


@dataclass(frozen=True, slots=True)
class PeriodArgs:
    period: str = "this"


PERIOD_FORMS = {
    "plain": lambda value: _("quarter %(number)s %(year)s") % value.value,
    "short": lambda value: _("quarter %(number)s") % value.value,
    "words": lambda value: _("quarter %s") % formats.count_in_words(value.value["number"]),
    "ordinal": lambda value: formats.ordinal(value.value["number"]),
    "year": lambda value: str(value.value["year"]),
}


def offered_periods(period):
    return [
        Offer(str(period), {"period": "this"}),
        Offer(_("the period before"), {"period": "previous"}),
        Offer(_("the same period last year"), {"period": "same_last_year"}),
    ]


@figure(
    "period.name",
    subject="committee.Period",
    label=gettext_lazy("Period"),
    args=PeriodArgs,
    forms=PERIOD_FORMS,
    offers=offered_periods,
)
def period_name(period, refs):
    """The period that the document is about, or one beside it, in words."""
    keys = [(ref.period, period.key_of(ref.period)) for ref in refs]
    return [
        Value({"year": key[0], "number": key[1]}, origin=_origin(period, which)) if key else None
        for which, key in keys
    ]


def _origin(period, which):
    """Say which period it is, seen from the one that the document is about."""
    label = {
        "this": _("The period that the document is about"),
        "previous": _("The period before the one that the document is about"),
        "same_last_year": _("The same period the year before the one that the document is about"),
    }[which]
    days = f"{formats.iso(period.starts_on)} – {formats.iso(period.ends_on)}"
    return Origin(label, source=f"{period}, {days}")
