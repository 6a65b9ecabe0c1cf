"""Figures of income, costs and net."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.figures.common import (
    AmountArgs,
    AreaArgs,
    NetArgs,
    areas_of,
    difference,
    label_of,
    ledgers,
    money,
    net_of,
    offered,
    value,
)
from cases.finance.ledger import Ledger
from cases.finance.models import Line
from cases.finance.models.kinds import Kind, Table
from cases.finance.places import url_of
from committee.models import Period
from core import figures, formats
from core.figures import Offer, Origin, Value, figure

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
        value(
            net_of(found.get(ref.period), ref.area, ref.column), label_of(found.get(ref.period), ref), period
        )
        for ref in refs
    ]


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
        value(_amount(found.get(ref.period), ref), label_of(found.get(ref.period), ref), period)
        for ref in refs
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
            difference(net_of(found.get(ref.period), ref.area, key) for key in ("last_year", "actual")),
            _("Net cost against the same months last year"),
            period,
        )
        for ref in refs
    ]


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
    areas = areas_of(ledger, area) if ledger else None
    if ledger is None or areas is None:
        return None
    lines = ledger.lines_of(Line.Cut.AREA)
    layers = [ledger.year_layer(Kind.FORECAST), ledger.year_layer(Kind.FORECAST, "previous")]
    return difference(ledger.total(layer, lines, areas) for layer in layers)
