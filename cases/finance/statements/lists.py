"""Statements that are lists of a period: the forecast bridge, what is out of our hands, grants."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.finance.ledger import Ledger
from cases.finance.models import Explanation, Grant, Line
from cases.finance.models.kinds import Kind
from cases.finance.statements.shape import Data, added, amount_column, row, section, statement, text_column


def forecast_net(ledger: Ledger, reported: str = "this") -> Decimal | None:
    """Return the net that the year was forecast to, by this period's report or the `previous` one's."""
    return ledger.total(ledger.year_layer(Kind.FORECAST, reported), ledger.lines_of(Line.Cut.AREA))


def deviation(ledger: Ledger) -> Decimal | None:
    """Return forecast less budget of the whole committee; above zero is a surplus."""
    forecast = forecast_net(ledger)
    budget = ledger.total(ledger.year_layer(Kind.BUDGET), ledger.lines_of(Line.Cut.AREA))
    return None if forecast is None or budget is None else forecast - budget


def listed(ledger: Ledger, name: str) -> list[Explanation]:
    return [one for one in ledger.explanations if one.list == name]


def bridge(ledger: Ledger, unit: str = "tkr") -> Data:
    """What the forecast has changed by since the one before, cause by cause."""
    causes = listed(ledger, Explanation.List.BRIDGE)
    rows = [row(one.label, [one.kronor]) for one in causes]
    total = row(_("Total"), [added(one.kronor for one in causes)], "sum")
    columns = [amount_column("amount", _("Amount"), unit)]
    sections = [section(rows), section([total], kind="total")] if causes else []
    return statement(_("Change of the forecast"), pgettext("of a forecast", "Change"), columns, sections)


def outside(ledger: Ledger, unit: str = "tkr") -> Data:
    """What the committee can hardly influence, and what the forecast would be without it."""
    causes = listed(ledger, Explanation.List.OUTSIDE)
    columns = [amount_column("amount", _("Amount"), unit), text_column("comment", _("Comment"))]
    rows = [row(one.label, [one.kronor, one.comment]) for one in causes]
    sections = [section(rows), section(_outside_totals(ledger, causes), kind="total")] if causes else []
    return statement(_("Items that are hard to influence"), _("What"), columns, sections)


def _outside_totals(ledger: Ledger, causes: list[Explanation]) -> list[Data]:
    total, whole = added(one.kronor for one in causes), deviation(ledger)
    without = None if whole is None or total is None else whole - total
    return [
        row(_("Total"), [total, ""], "sum"),
        row(_("Forecast deviation, %(period)s") % {"period": ledger.period}, [whole, ""], "sum"),
        row(_("Forecast deviation without the above"), [without, ""], "sum"),
    ]


def grants(ledger: Ledger, kind: str = Grant.Kind.GRANT, unit: str = "mkr") -> Data:
    """Grants and contributions that the forecast reckons with, or what the Migration Agency pays."""
    held = [one for one in ledger.grants if one.kind == kind]
    with_use = any(one.operation for one in held)
    columns = [amount_column("amount", _("Amount"), unit)]
    columns += [text_column("operation", _("Used in"))] if with_use else []
    rows = [row(one.name, [one.kronor, one.operation][: len(columns)]) for one in held]
    total = row(_("Sum"), [added(one.kronor for one in held), ""][: len(columns)], "sum")
    title = _("Income from the Migration Agency") if kind == Grant.Kind.MIGRATION else _("Government grants")
    sections = [section(rows), section([total], kind="total")] if held else []
    return statement(title, _("Grant"), columns, sections)
