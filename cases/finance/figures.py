"""Figures of a period's money and numbers. All references of a document read one ledger for each period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.columns import computed
from cases.finance.ledger import Ledger
from cases.finance.models import Explanation, Grant, Line
from cases.finance.models.kinds import COUNTED, Kind, Table
from cases.finance.places import url_of
from cases.finance.statements.lists import deviation, listed
from cases.finance.statements.shape import added
from committee.models import OperatingArea, Period
from core import figures, formats
from core.figures import Offer, Origin, Value, figure

BESIDE = ("previous", "same_last_year")
PERCENT = {
    "words": lambda value: formats.percent(value.value),
    "plain": lambda value: formats.number(value.value, 1),
    "absolute": lambda value: formats.percent(abs(value.value)),
    "sign": lambda value: formats.surplus_or_deficit(value.value),
}
FORECAST = {
    **figures.MONEY,
    "change": lambda value: formats.improved_or_worsened(value.value),
}


@dataclass(frozen=True, slots=True)
class NetArgs:
    area: str = ""  # a code, such as EB; empty: the whole committee
    column: str = "deviation"  # a column of the operating table
    period: str = "this"


@dataclass(frozen=True, slots=True)
class AmountArgs:
    area: str = ""
    line: str = "costs"
    column: str = "deviation"
    period: str = "this"


@dataclass(frozen=True, slots=True)
class AreaArgs:
    area: str = ""
    period: str = "this"


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


def ledgers(period: Period, refs: list) -> dict[str, Ledger]:
    """Return the ledger of each period that references speak of."""
    found = {"this": Ledger.of(period)}
    for which in sorted({ref.period for ref in refs} & set(BESIDE)):
        beside = Period.objects.beside(period, which).first()
        if beside:
            found[which] = Ledger.of(beside)
    return found


def money(
    ledger: Ledger | None, area: str, column: str, lines: Callable[[Ledger], list[Line]]
) -> Decimal | None:
    """Return an amount of the operating table in kronor; None for what is not there."""
    columns = ledger.columns(Table.OPERATING) if ledger else []
    areas = _areas(ledger, area) if ledger else None
    if ledger is None or areas is None or column not in {one.key for one in columns}:
        return None
    cells = {one.key: ledger.total(one.slice, lines(ledger), areas) for one in columns if one.slice}
    return dict(zip([one.key for one in columns], computed(columns, cells), strict=True))[column]


def _areas(ledger: Ledger, code: str) -> list[OperatingArea] | None:
    """Return the areas that a code means; None when there is no such area."""
    return [one for one in ledger.areas if one.code == code] or None if code else ledger.areas


def net_of(ledger: Ledger | None, area: str, column: str) -> Decimal | None:
    return money(ledger, area, column, lambda one: one.lines_of(Line.Cut.AREA))


def value(kronor: Decimal | None, label: str, period: Period, table: str = "operating") -> Value | None:
    """Return an amount with where it stands; None stays None."""
    if kronor is None:
        return None
    origin = Origin(label, str(period), url_of(period, table), formats.iso(period.ends_on))
    return Value(kronor, "kr", origin)


def offered(label: str, column: str = "") -> Callable[[Period], Iterator[Offer]]:
    """Offer a figure for the committee and for each area."""

    def offers(period: Period) -> Iterator[Offer]:
        more = {"column": column} if column else {}
        yield Offer(label, more)
        for area in Ledger.of(period).areas:
            yield Offer(f"{label}, {area.name}", {"area": area.code, **more})

    return offers


def offered_nets(period: Period) -> Iterator[Offer]:
    for column in Ledger.of(period).columns(Table.OPERATING):
        label = _("Net, %(column)s") % {"column": column.head}
        yield from offered(label, column.key)(period)


@figure(
    "finance.net",
    subject="committee.Period",
    label=gettext_lazy("Net"),
    args=NetArgs,
    forms=figures.MONEY,
    offers=offered_nets,
)
def net(period, refs):
    """Income plus costs in kronor, of an area or all, in a column of the operating table."""
    found = ledgers(period, refs)
    return [
        value(net_of(found.get(ref.period), ref.area, ref.column), _label(found.get(ref.period), ref), period)
        for ref in refs
    ]


def _label(ledger: Ledger | None, ref: NetArgs | AmountArgs | AreaArgs) -> str:
    """Say in words which amount it is."""
    columns = ledger.columns(Table.OPERATING) if ledger else []
    heads = {one.key: one.head for one in columns}
    names = {one.code: one.name for one in ledger.areas} if ledger else {}
    head = heads.get(getattr(ref, "column", ""), "")
    return ", ".join(filter(None, [names.get(ref.area, _("The whole committee")), head]))


def offered_amounts(period: Period) -> Iterator[Offer]:
    """Offer income and costs of the whole committee; an area's are asked for by its code."""
    ledger = Ledger.of(period)
    for line in ledger.lines_of(Line.Cut.AREA):
        for column in ledger.columns(Table.OPERATING):
            yield Offer(f"{line.name}, {column.head}", {"line": line.code, "column": column.key})


@figure(
    "finance.amount",
    subject="committee.Period",
    label=gettext_lazy("Income and costs"),
    args=AmountArgs,
    forms=figures.MONEY,
    offers=offered_amounts,
)
def amount(period, refs):
    """Income or costs in kronor, of an area or all; or an account group over all."""
    found = ledgers(period, refs)
    return [
        value(_amount(found.get(ref.period), ref), _label(found.get(ref.period), ref), period) for ref in refs
    ]


def _amount(ledger: Ledger | None, ref: AmountArgs) -> Decimal | None:
    lines = [line for line in ledger.lines if line.code == ref.line] if ledger else []
    areas = None if lines and lines[0].cut != Line.Cut.AREA else ref.area
    if not lines or (areas is None and ref.area):
        return None
    if areas is not None:
        return money(ledger, ref.area, ref.column, lambda _ledger: lines)
    layer = next((one.slice for one in ledger.columns(Table.ACCOUNTS) if one.key == ref.column), None)
    return ledger.total(layer, lines) if layer else None


@figure(
    "finance.deviation_percent",
    subject="committee.Period",
    label=gettext_lazy("Deviation in percent of the budget"),
    args=AreaArgs,
    forms=PERCENT,
    offers=offered(gettext_lazy("Deviation in percent")),
)
def deviation_percent(period, refs):
    """Forecast less budget in percent of the budget's net; above zero is a surplus."""
    found = ledgers(period, refs)
    return [_percent(found.get(ref.period), ref, period) for ref in refs]


def _percent(ledger: Ledger | None, ref: AreaArgs, period: Period) -> Value | None:
    budget = net_of(ledger, ref.area, "budget")
    apart = net_of(ledger, ref.area, "deviation")
    if not budget or apart is None:
        return None
    origin = Origin(_("Deviation in percent of the budget"), str(period), url_of(period, "operating"))
    return Value(100 * apart / abs(budget), "%", origin)


@figure(
    "finance.net_cost_change",
    subject="committee.Period",
    label=gettext_lazy("Net cost against last year"),
    args=AreaArgs,
    forms=figures.MONEY,
    offers=offered(gettext_lazy("Net cost against the same months last year")),
)
def net_cost_change(period, refs):
    """How much higher the net cost is than in the same months last year; below zero is lower."""
    found = ledgers(period, refs)
    return [
        value(
            _difference(net_of(found.get(ref.period), ref.area, key) for key in ("last_year", "actual")),
            _("Net cost against the same months last year"),
            period,
        )
        for ref in refs
    ]


def _difference(pair) -> Decimal | None:
    one, other = pair
    return None if one is None or other is None else one - other


@figure(
    "finance.forecast_change",
    subject="committee.Period",
    label=gettext_lazy("Forecast against the one before"),
    args=AreaArgs,
    forms=FORECAST,
    offers=offered(gettext_lazy("Forecast against the one before")),
)
def forecast_change(period, refs):
    """How much better the forecast is than the one of the period before; below zero is worse."""
    found = ledgers(period, refs)
    label = _("Forecast against the one before")
    return [value(_forecast_change(found.get(ref.period), ref.area), label, period) for ref in refs]


def _forecast_change(ledger: Ledger | None, area: str) -> Decimal | None:
    areas = _areas(ledger, area) if ledger else None
    if ledger is None or areas is None:
        return None
    lines = ledger.lines_of(Line.Cut.AREA)
    layers = [ledger.year_layer(Kind.FORECAST), ledger.year_layer(Kind.FORECAST, "previous")]
    return _difference(ledger.total(layer, lines, areas) for layer in layers)


def offered_signs(period: Period) -> Iterator[Offer]:
    yield Offer(_("Areas with a deficit"), {"sign": "deficit"})
    yield Offer(_("Areas with a surplus"), {"sign": "surplus"})


@figure(
    "finance.areas",
    subject="committee.Period",
    label=gettext_lazy("Areas by the sign of their deviation"),
    args=SignArgs,
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
    names = [area.name[:1].lower() + area.name[1:] for area, kronor in apart if kronor * wanted > 0]
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
    normal = held.value.normalize()
    return formats.number(normal, max(0, -normal.as_tuple().exponent))


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
    values = {"total": total, "without": _difference((deviation(ledger), total))}
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
