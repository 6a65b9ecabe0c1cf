"""What measures came to, are expected to come to, and aim at."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.measures.figures.offers import no_offers, offers_of_measures, tree_of
from cases.measures.states import in_words, written
from core import formats
from core.figures import COUNT, Origin, Value, figure


@dataclass(frozen=True, slots=True)
class OutcomeArgs:
    """`measure` is its number in the body; `period` is this, previous or same_last_year."""

    measure: str | int
    period: str = "this"
    split: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with what writes it."""

    number: Decimal
    unit: str
    decimals: int

    def __str__(self):
        return format(self.number.normalize(), "f")


def _form(write: Callable[[Measured], str]):
    return lambda value: write(value.value)


def _in_points(number: Decimal, decimals: int) -> str:
    words = _("percentage points")
    return f"{formats.number(number, decimals)}{formats.NBSP}{words}"


# The unit decides how many decimals; `one_decimal` is for a forecast in prose: 16,5 procent.
VALUE_FORMS = {
    "words": _form(lambda it: in_words(it.number, it.unit, it.decimals)),
    "plain": _form(lambda it: written(it.number, it.unit, it.decimals)),
    "one_decimal": _form(lambda it: in_words(it.number, it.unit, 1)),
    "absolute": _form(lambda it: in_words(abs(it.number), it.unit, it.decimals)),
    "change": _form(lambda it: formats.higher_or_lower(it.number)),
    "points": _form(lambda it: _in_points(abs(it.number), it.decimals)),
}


@figure(
    "measures.outcome",
    subject="committee.Period",
    label=gettext_lazy("Outcomes"),
    args=OutcomeArgs,
    forms=VALUE_FORMS,
    offers=offers_of_measures,
)
def outcome(period, refs):
    """What measures came to, unrounded, in this period or one beside it."""
    return _of_outcomes(period, refs, lambda found: found.exact)


@figure(
    "measures.forecast",
    subject="committee.Period",
    label=gettext_lazy("Forecasts of measures"),
    args=OutcomeArgs,
    forms=VALUE_FORMS,
    offers=offers_of_measures,
)
def forecast(period, refs):
    """What measures are expected to come to for the full year."""
    return _of_outcomes(period, refs, lambda found: found.expected)


@figure(
    "measures.numerator",
    subject="committee.Period",
    label=gettext_lazy("Numerators"),
    args=OutcomeArgs,
    forms=COUNT,
    offers=no_offers,
)
def numerator(period, refs):
    return _of_outcomes(period, refs, lambda found: found.numerator, plain=True)


@figure(
    "measures.denominator",
    subject="committee.Period",
    label=gettext_lazy("Denominators"),
    args=OutcomeArgs,
    forms=COUNT,
    offers=no_offers,
)
def denominator(period, refs):
    return _of_outcomes(period, refs, lambda found: found.denominator, plain=True)


@figure(
    "measures.change",
    subject="committee.Period",
    label=gettext_lazy("Changes of measures"),
    args=OutcomeArgs,
    forms={name: VALUE_FORMS[name] for name in ("change", "absolute", "points")},
    offers=no_offers,
)
def change(period, refs):
    """This period's outcome less that of the one named: previous, or same_last_year."""
    now = _of_outcomes(
        period, [OutcomeArgs(ref.measure, "this", ref.split) for ref in refs], lambda it: it.exact
    )
    then = _of_outcomes(period, refs, lambda it: it.exact)
    return [_difference(new, old) for new, old in zip(now, then, strict=True)]


@figure(
    "measures.target",
    subject="committee.Period",
    label=gettext_lazy("Targets"),
    args=OutcomeArgs,
    forms=VALUE_FORMS,
    offers=offers_of_measures,
)
def target(period, refs):
    """What measures aim at in the period's year."""
    known = {str(edition.measure.number): edition for edition in tree_of(period).editions}
    return [_target(known.get(str(ref.measure))) for ref in refs]


def _of_outcomes(period, refs, pick, *, plain=False):
    """Return a value of each reference's outcome, from the tree that is read once for all figures."""
    known = tree_of(period).outcomes
    return [_value(known.get((str(ref.measure), ref.period, ref.split)), pick, plain) for ref in refs]


def _value(one, pick, plain):
    if one is None:
        return None
    number = pick(one)
    if number is None:
        return None
    edition = one.edition
    origin = Origin(
        edition.name,
        source=one.evidence or str(one.period),
        url=edition.get_absolute_url(),
        at=formats.iso(one.as_of),
        by=str(one.by),
    )
    if plain:
        return Value(number, "", origin)
    return Value(Measured(number, edition.unit, edition.decimals), edition.unit, origin)


def _difference(new, old):
    if new is None or old is None:
        return None
    was, now = old.value, new.value
    decimals = max(was.decimals, now.decimals)
    return Value(Measured(now.number - was.number, now.unit, decimals), new.unit, new.origin)


def _target(edition):
    if edition is None or edition.target is None:
        return None
    measured = Measured(edition.target, edition.unit, formats.decimals_of(edition.target))
    origin = Origin(_("Target of “%s”") % edition, source=str(edition.year), url=edition.get_absolute_url())
    return Value(measured, edition.unit, origin)
