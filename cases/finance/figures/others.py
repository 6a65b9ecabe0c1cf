"""Figures of what is counted, of grants, and of which areas have a surplus or a deficit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.figures.common import difference, ledgers, net_of, value
from cases.finance.ledger import Ledger
from cases.finance.models import Explanation, Grant
from cases.finance.models.kinds import COUNTED, Table
from cases.finance.places import url_of
from cases.finance.statements.lists import deviation, listed
from cases.finance.statements.shape import added
from committee.models import Period
from core import figures, formats
from core.figures import Offer, Origin, Value, figure


@dataclass(frozen=True, slots=True)
class VolumeArgs:
    row: str
    column: str = "actual"
    period: str = "this"


@dataclass(frozen=True, slots=True)
class SignArgs:
    sign: str = "deficit"
    period: str = "this"


@dataclass(frozen=True, slots=True)
class OutsideArgs:
    what: str = "total"


@dataclass(frozen=True, slots=True)
class GrantArgs:
    kind: str = "grant"


def offered_signs(period: Period) -> Iterator[Offer]:
    yield Offer(_("Areas with a deficit"), {"sign": "deficit"})
    yield Offer(_("Areas with a surplus"), {"sign": "surplus"})


@figure(
    "finance.areas",
    subject="committee.Period",
    label=gettext_lazy("Areas by the sign of their deviation"),
    args=SignArgs,
    is_words=True,
    offers=offered_signs,
)
def areas(period, refs):
    """The names of the areas that forecast a deficit, or a surplus, as they stand in a sentence."""
    found = ledgers(period, refs)
    return [_named(found.get(ref.period), ref.sign, period) for ref in refs]


def _named(ledger: Ledger | None, sign: str, period: Period) -> Value | None:
    wanted = {"deficit": -1, "surplus": 1}.get(sign)
    if ledger is None or wanted is None:
        return None
    apart = [(area, net_of(ledger, area.code, "deviation") or Decimal(0)) for area in ledger.areas]
    names = [formats.in_a_sentence(area.name) for area, kronor in apart if kronor * wanted > 0]
    origin = Origin(_("Areas by the sign of their deviation"), str(period), url_of(period, "operating"))
    return Value(formats.and_list(names), origin=origin) if names else None


def offered_volumes(period: Period) -> Iterator[Offer]:
    ledger = Ledger.of(period)
    for row in ledger.key_figures:
        if row.row == row.Row.NUMBER and row.table != Table.STAFF:
            for column in ledger.columns(row.table):
                yield Offer(f"{row.label}, {column.head}", {"row": row.code, "column": column.key})


def exact(held: Value) -> str:
    """Write a number with the decimals that it has."""
    return formats.exact(held.value)


@figure(
    "finance.volume",
    subject="committee.Period",
    label=gettext_lazy("Volumes and key figures"),
    args=VolumeArgs,
    forms={"plain": exact, "words": lambda held: formats.count_in_words(int(held.value))},
    offers=offered_volumes,
)
def volume(period, refs):
    """A number of the volumes, key figures or staff, in its own unit."""
    found = ledgers(period, refs)
    return [_volume(found.get(ref.period), ref, period) for ref in refs]


def _volume(ledger: Ledger | None, ref: VolumeArgs, period: Period) -> Value | None:
    row = next((one for one in ledger.key_figures if one.code == ref.row), None) if ledger else None
    if ledger is None or row is None or row.table not in COUNTED:
        return None
    layer = next((one.slice for one in ledger.columns(row.table) if one.key == ref.column), None)
    held = ledger.counts.get(layer, {}).get(row.pk) if layer else None
    if held is None or held.value is None:
        return None
    origin = Origin(row.label, str(period), url_of(period, row.table), formats.iso(period.ends_on))
    return Value(held.value, row.unit, origin)


def offered_outside(period: Period) -> Iterator[Offer]:
    yield Offer(_("Items that are hard to influence, total"), {"what": "total"})
    yield Offer(_("Forecast deviation without them"), {"what": "without"})


@figure(
    "finance.outside",
    subject="committee.Period",
    label=gettext_lazy("Items that are hard to influence"),
    args=OutsideArgs,
    forms=figures.MONEY,
    offers=offered_outside,
)
def outside(period, refs):
    """What is out of the committee's hands, or the forecast's deviation without it, in kronor."""
    ledger = Ledger.of(period)
    total = added(one.kronor for one in listed(ledger, Explanation.List.OUTSIDE))
    values = {"total": total, "without": difference((deviation(ledger), total))}
    label = _("Items that are hard to influence")
    return [value(values.get(ref.what), label, period, "outside") for ref in refs]


def offered_grants(period: Period) -> Iterator[Offer]:
    for kind in Grant.Kind:
        yield Offer(str(kind.label), {"kind": kind.value})


@figure(
    "grants.total",
    subject="committee.Period",
    label=gettext_lazy("Grants"),
    args=GrantArgs,
    forms=figures.MONEY,
    offers=offered_grants,
)
def grants_total(period, refs):
    """What the forecast reckons with in grants, or from the Migration Agency, in kronor."""
    held = Ledger.of(period).grants
    return [
        value(
            added(one.kronor for one in held if one.kind == ref.kind),
            str(dict(Grant.Kind.choices).get(ref.kind, "")),
            period,
            "migration" if ref.kind == Grant.Kind.MIGRATION else "grants",
        )
        for ref in refs
    ]
