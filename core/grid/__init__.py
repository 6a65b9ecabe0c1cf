'''A grid that one writes in as in a spreadsheet: an app says what stands in it and where it is kept.

    class AmountStore(CellStore):
        columns = (
            Column("budget", _("Budget"), "number", unit="tkr", adds=True),
            Column("forecast", _("Forecast"), "number", unit="tkr", adds=True),
            Column("deviation", _("Deviation"), "number", unit="tkr", formula="forecast - budget"),
        )

        def __init__(self, period):
            self.period = period

        def load(self, keys):
            Period.objects.select_for_update().get(pk=self.period.pk)  # the parent first: rows may be added
            found = {(str(a.area_id), a.kind): a for a in self.period.amounts.select_for_update().order_by("pk")}
            return {key: Cell.of(found[key].kronor if key in found else None) for key in keys}

        def write(self, changes, *, by):
            for change in changes:
                at = {"period": self.period, "area_id": change.row, "kind": change.column}
                Amount.objects.update_or_create(**at, defaults={"kronor": change.number})

    class Operating(GridMixin, DetailView):
        """GET shows the sheet (`{% include "components/_grid.html" with sheet=sheet %}`), PATCH saves cells."""

        def get_store(self):
            return AmountStore(self.get_object())  # asks who may; see also Cell.is_open and Cell.note

        def get_sheet(self):
            rows = [Row(str(area.pk), area.name, url_of(area), cells_of(area)) for area in …]
            return Sheet(AmountStore.columns, [Group(_("Areas"), rows, adds=True)], self.request.path, _("Operating"))

    class OperatingRow(RowPage):  # the same get_store and get_sheet, at `<str:row>/`: phone, and no script

Cells keep no version unless the store does: without one the value itself tells whether somebody else has changed it.
Values are canonical texts; make cells with `Cell.of(value)`. The page's head has `components/_grid_head.html`
(block head). See `store.py` for the rule by which cells are saved, `changes.py` for the protocol.
'''

from core.grid.changes import BadChanges, Change, Conflict, Fault, Key, Outcome, Saved, read_changes
from core.grid.columns import Column, Refused
from core.grid.sheet import Cell, Group, Row, Sheet
from core.grid.store import CellStore, save
from core.grid.views import GridMixin, RowPage

__all__ = [
    "BadChanges",
    "Cell",
    "CellStore",
    "Change",
    "Column",
    "Conflict",
    "Fault",
    "GridMixin",
    "Group",
    "Key",
    "Outcome",
    "Refused",
    "Row",
    "RowPage",
    "Saved",
    "Sheet",
    "read_changes",
    "save",
]
