"""Entering volumes, key figures and staff."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cases.finance.models import KeyFigure
from cases.finance.models.kinds import COUNTED, Table
from cases.finance.permissions import periods_of
from cases.finance.stores import CountStore
from core.grid import GridMixin, Group, Key, Row, RowPage, Sheet


class CountSheet:
    """One table of counted rows of a period."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["table"] not in COUNTED:
            raise Http404
        periods = periods_of(request.user).select_related("body__municipality")
        self.period = get_object_or_404(periods, pk=kwargs["pk"])
        self.may_enter = request.user.has_perm("finance.enter_amounts", self.period)

    def get_store(self):
        return CountStore(self.period, self.kwargs["table"], may_enter=self.may_enter)

    def get_sheet(self):
        store, table = self.get_store(), self.kwargs["table"]
        url = reverse("finance:count-grid", args=[self.period.pk, table])
        found = store.values()
        groups = [Group("", [])]
        for figure in store.figures:
            if figure.row in {KeyFigure.Row.GROUP, KeyFigure.Row.SUBGROUP}:
                groups.append(Group(figure.label, []))
            elif figure.row == KeyFigure.Row.NUMBER:
                cells = {one.key: store.cell(Key(str(figure.pk), one.key), found) for one in store.columns}
                row = Row(
                    str(figure.pk),
                    figure.label,
                    f"{url}{figure.pk}/",
                    cells,
                    note=figure.unit,
                    adds=not figure.part_of_id,
                )
                groups[-1].rows.append(row)
        caption = f"{Table(table).label}, {self.period}"
        shown = [group for group in groups if group.rows or group.label]
        return Sheet(store.columns, shown, url, caption, head=_("Row"))

    def get_context_data(self, **kwargs):
        table = self.kwargs["table"]
        return super().get_context_data(
            **kwargs
            | {
                "period": self.period,
                "table": table,
                "counted": [(one.value, one.label) for one in COUNTED],
                "title": Table(table).label,
                "may_enter": self.may_enter,
            }
        )


class CountGrid(CountSheet, GridMixin, TemplateView):
    template_name = "finance/count_grid.html"


class CountRow(CountSheet, RowPage):
    template_name = "finance/count_row.html"
