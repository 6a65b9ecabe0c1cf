"""The same number in two places: where they differ, both are shown. Money that agrees to the krona agrees."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.finance.columns import Column
from cases.finance.ledger import Ledger, Side
from cases.finance.models import Explanation, Grant, KeyFigure, Line
from cases.finance.models.kinds import Table
from cases.finance.places import url_of
from cases.finance.statements.lists import forecast_net, listed
from cases.finance.statements.shape import added
from core import formats

Cut = Line.Cut


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands, what it is, and where to look at it."""

    name: str
    value: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Check:
    """Two places that should say the same."""

    name: str
    title: str
    here: Place
    there: Place
    unit: str = "tkr"

    @property
    def difference(self) -> Decimal:
        return self.here.value - self.there.value

    @property
    def holds(self) -> bool:
        return self.difference == 0

    def told(self, value: Decimal) -> str:
        """Write one of the numbers for people."""
        return formats.money(value, self.unit) if self.unit else formats.number(value)

    @property
    def sentence(self) -> str:
        """Say what differs, with both numbers."""
        return _("%(here)s says %(one)s, %(there)s says %(other)s: %(difference)s apart.") % {
            "here": self.here.name,
            "one": self.told(self.here.value),
            "there": self.there.name,
            "other": self.told(self.there.value),
            "difference": self.told(abs(self.difference)),
        }


def checks(ledger: Ledger, names: Collection[str] | None = None) -> list[Check]:
    """Hold the tables of a period against each other, those of some names only when they are given.

    What is not entered is not held against anything.
    """
    wanted = [check for name, check in CHECKS.items() if names is None or name in names]
    return [found for check in wanted for found in check(ledger)]


def broken(ledger: Ledger) -> list[Check]:
    return [check for check in checks(ledger) if not check.holds]


def _accounts(ledger: Ledger) -> Iterator[Check]:
    """Income, and costs with financial items, by area and by account."""
    sides = [
        (_("Income"), (Side.INCOME,), (Side.INCOME,)),
        (_("Costs"), (Side.COST,), (Side.COST, Side.FINANCIAL)),
    ]
    for column in ledger.columns(Table.ACCOUNTS):
        if column.slice is None:
            continue
        for name, of_areas, of_accounts in sides:
            areas = ledger.total(column.slice, ledger.lines_of(Cut.AREA, *of_areas))
            accounts = ledger.total(column.slice, ledger.lines_of(Cut.ACCOUNT, *of_accounts))
            if areas is not None and accounts is not None:
                yield Check(
                    "finance.accounts",
                    _("%(what)s, %(column)s: areas and accounts") % {"what": name, "column": column.head},
                    Place(_("Operating result by area"), areas, url_of(ledger.period, "operating")),
                    Place(_("Account analysis"), accounts, url_of(ledger.period, "accounts")),
                )


def _bridge(ledger: Ledger) -> Iterator[Check]:
    """The causes of the forecast's change, and the change itself."""
    causes = added(one.kronor for one in listed(ledger, Explanation.List.BRIDGE))
    now, before = forecast_net(ledger), forecast_net(ledger, "previous")
    if causes is not None and now is not None and before is not None:
        yield Check(
            "finance.bridge",
            _("Change of the forecast: causes and forecasts"),
            Place(_("Change of the forecast"), causes, url_of(ledger.period, "bridge")),
            Place(_("Forecast less the forecast before"), now - before, url_of(ledger.period, "operating")),
        )


def _migration(ledger: Ledger) -> Iterator[Check]:
    """What the Migration Agency pays, where it is listed among what is hard to influence."""
    pays = added(one.kronor for one in ledger.grants if one.kind == Grant.Kind.MIGRATION)
    deciders = {one.decider for one in ledger.grants if one.kind == Grant.Kind.MIGRATION and one.decider}
    for one in listed(ledger, Explanation.List.OUTSIDE):
        if pays is not None and one.label in deciders:
            yield Check(
                "finance.migration",
                _("%s: what is hard to influence, and income") % one.label,
                Place(_("Items that are hard to influence"), one.kronor, url_of(ledger.period, "outside")),
                Place(_("Income from the Migration Agency"), pays, url_of(ledger.period, "migration")),
            )


def _parts(ledger: Ledger) -> Iterator[Check]:
    """A number, and its parts where they are said to add up to it."""
    for figure in ledger.key_figures:
        if figure.adds_up:
            for column in ledger.columns(figure.table):
                yield from _parts_in(ledger, figure, column)


def _parts_in(ledger: Ledger, figure: KeyFigure, column: Column) -> Iterator[Check]:
    if column.slice is None:
        return
    layer = ledger.counts[column.slice]
    whole = layer.get(figure.pk)
    parts = [layer.get(one.pk) for one in ledger.key_figures if one.part_of_id == figure.pk]
    values = [part.value if part else None for part in parts]
    if whole is None or whole.value is None or not values or any(value is None for value in values):
        return
    url = url_of(ledger.period, figure.table)
    yield Check(
        "finance.parts",
        _("%(figure)s, %(column)s: its parts") % {"figure": figure.label, "column": column.head},
        Place(figure.label, whole.value, url),
        Place(
            _("its parts together"), sum((value for value in values if value is not None), Decimal(0)), url
        ),
        unit="",
    )


CHECKS: dict[str, Callable[[Ledger], Iterator[Check]]] = {
    "finance.accounts": _accounts,
    "finance.bridge": _bridge,
    "finance.migration": _migration,
    "finance.parts": _parts,
}
