"""Figures about the case, the document and what is around them, and facts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.register.models import Fact
from core import figures, formats
from core.figures import Offer, Origin, Value, figure

UNIT_FORMS = {
    Fact.Unit.COUNT: figures.COUNT,
    Fact.Unit.KRONOR: figures.MONEY,
    Fact.Unit.PERCENT: {
        "plain": lambda value: formats.percent(value.value),
        "words": lambda value: formats.percent(value.value),
    },
}


@dataclass(frozen=True, slots=True)
class FactArgs:
    key: str
    period: str = "this"


def fact_form(name):
    """Write a fact in a form of its own unit; a form that the unit has not, as its first."""

    def write(value):
        forms = UNIT_FORMS[value.unit]
        return forms.get(name, next(iter(forms.values())))(value)

    return write


def offered_facts(period):
    facts = Fact.objects.filter(period=period)
    return [Offer(fact.label, {"key": fact.key, "period": "this"}) for fact in facts]


@figure(
    "fact.value",
    subject="committee.Period",
    label=gettext_lazy("Facts"),
    args=FactArgs,
    forms={name: fact_form(name) for name in ("plain", "words", "kr", "tkr", "mkr", "absolute", "sign")},
    offers=offered_facts,
)
def fact_value(period, refs):
    """The fact's value in its own unit, of this period or of one beside it."""
    facts = Fact.objects.of_period(period).select_related("period", "by")
    known = {(fact.key, (fact.period.year, fact.period.number)): fact for fact in facts}
    return [_fact(known.get((ref.key, period.key_of(ref.period)))) for ref in refs]


def _fact(fact):
    if fact is None:
        return None
    origin = Origin(label=fact.label, source=fact.source, at=formats.iso(fact.as_of), by=str(fact.by))
    return Value(fact.value, fact.unit, origin)


@figure("case.number", subject="register.Case", label=gettext_lazy("Registry number"))
def case_number(case, refs):
    """The case's registry number, as the municipality writes it."""
    origin = Origin(
        label=_("The case's registry number"),
        source=str(case),
        url=case.get_absolute_url(),
        at=formats.iso(case.opened_on),
    )
    return [Value(case.number, origin=origin)] * len(refs)


@figure("case.due", subject="register.Case", label=gettext_lazy("Answer due"), forms=figures.DATE)
def case_due(case, refs):
    """When the answer is due, extension included."""
    label = _("When the answer is due, after extension") if case.extended_to else _("When the answer is due")
    return [Value(case.due_on, origin=Origin(label, source=str(case), url=case.get_absolute_url()))] * len(
        refs
    )


@figure(
    "document.date",
    subject="register.Document",
    label=gettext_lazy("The document's date"),
    forms=figures.DATE,
)
def document_date(document, refs):
    return [Value(document.dated_on, origin=Origin(_("The document's date"), source=str(document)))] * len(
        refs
    )
