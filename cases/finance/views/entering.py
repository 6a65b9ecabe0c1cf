"""Entering money in a grid, and one row at a time where there is no grid."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from cases.finance.ledger import Ledger
from cases.finance.models import Line
from cases.finance.models.kinds import Kind
from cases.finance.permissions import periods_of
from cases.finance.stores import AmountStore
from core.grid import Cell, GridMixin, Group, Key, Row, RowPage, Sheet

CUTS = {
    Line.Cut.AREA: gettext_lazy("Amounts by area"),
    Line.Cut.ACCOUNT: gettext_lazy("Amounts by account"),
    Line.Cut.PROJECT: gettext_lazy("Amounts by project"),
}


def sheet_of(store, *, caption, row_url, url, beside=None):
    """Return the sheet of a store of amounts: a group for each area, side or group of projects."""
    found = store.amounts()
    groups: dict[str, list[Row]] = {}
    for row in store.rows.values():
        cells = {column.key: store.cell(Key(row.key, column.key), found) for column in store.columns}
        cells |= {
            key: Cell.of(value, is_open=False) for key, value in (beside or {}).get(row.place, {}).items()
        }
        groups.setdefault(group_of(row), []).append(
            Row(row.key, label_of(row), row_url(row.key), cells, note=row.area.code if row.area else "")
        )
    shown = [Group(name, rows, adds=True) for name, rows in groups.items()]
    return Sheet(store.columns, shown, url, caption, head=_("Row"), total=_("Net"))


def group_of(row):
    if row.area:
        return row.area.name
    return row.project.group.name if row.project else str(row.line.get_side_display())


def label_of(row):
    return str(row.project) if row.project else row.line.name


class PeriodSheet:
    """The amounts of one cut of a period."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["cut"] not in CUTS:
            raise Http404
        periods = periods_of(request.user).select_related("body__municipality")
        self.period = get_object_or_404(periods, pk=kwargs["pk"])
        self.may_enter = request.user.has_perm("finance.enter_amounts", self.period)

    def get_store(self):
        return AmountStore(self.period, self.kwargs["cut"], may_enter=self.may_enter)

    def get_sheet(self):
        cut = self.kwargs["cut"]
        url = reverse("finance:amount-grid", args=[self.period.pk, cut])
        return sheet_of(
            self.get_store(),
            caption=f"{CUTS[cut]}, {self.period}",
            row_url=lambda key: f"{url}{key}/",
            url=url,
            beside=self.budgets(),
        )

    def budgets(self):
        """Return the budget in force by place, to write a forecast beside."""
        ledger = Ledger(self.period)
        layer = ledger.amounts.get(ledger.year_layer(Kind.BUDGET), {})
        return {place: {"budget": kronor} for place, kronor in layer.items()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs
            | {
                "period": self.period,
                "cut": self.kwargs["cut"],
                "cuts": CUTS,
                "title": CUTS[self.kwargs["cut"]],
                "may_enter": self.may_enter,
            }
        )


class AmountGrid(PeriodSheet, GridMixin, TemplateView):
    template_name = "finance/amount_grid.html"


class AmountRow(PeriodSheet, RowPage):
    template_name = "finance/amount_row.html"
