"""The pages of a grid: a mixin for the sheet's own, and a whole page for one row."""

from django.contrib import messages
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView

from core import formats
from core.grid.changes import BadChanges, read_changes
from core.grid.forms import RowForm
from core.grid.sheet import Row, Sheet
from core.grid.store import CellStore, save


class SheetMixin:
    """Says which sheet, and where its cells are kept."""

    def get_sheet(self) -> Sheet:
        """Return the sheet as this reader sees it."""
        raise NotImplementedError

    def get_store(self) -> CellStore:
        """Return where the cells are kept, for this reader."""
        raise NotImplementedError


class GridMixin(SheetMixin):
    """For a generic view whose template includes `components/_grid.html`: `sheet` in its context, PATCH saves."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"sheet": self.get_sheet(), **kwargs})

    def patch(self, request: HttpRequest, *args, **kwargs) -> JsonResponse:
        try:
            outcome = save(read_changes(request), self.get_store(), by=request.user)
        except BadChanges as refusal:
            return JsonResponse({"message": str(refusal)}, status=400)
        return JsonResponse(outcome.as_json() | {"saved_at": formats.clock_time(timezone.now())})


class RowPage(SheetMixin, FormView):
    """One row as a form, at an address with `<str:row>`. The subclass says which sheet and which store.

    A page of its own may extend `core/grid_row.html` and say crumbs.
    """

    form_class = RowForm
    template_name = "core/grid_row.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self._sheet = None

    @property
    def sheet(self) -> Sheet:
        if self._sheet is None:
            self._sheet = self.get_sheet()
        return self._sheet

    def get_row(self) -> Row:
        """Return the row that the address names."""
        if row := self.sheet.row(self.kwargs["row"]):
            return row
        raise Http404

    def next_row(self) -> Row | None:
        rows = self.sheet.rows
        places = {row.key: place for place, row in enumerate(rows, 1)}
        return next(iter(rows[places[self.kwargs["row"]] :]), None)

    def get_form_kwargs(self):
        known = {"columns": self.sheet.columns, "row": self.get_row(), "has_next": bool(self.next_row())}
        return super().get_form_kwargs() | known

    def get_context_data(self, **kwargs):
        row = self.get_row()
        context = super().get_context_data(sheet=self.sheet, row=row, **kwargs)
        typed = context["form"].fields
        return context | {"beside": [cell for cell in self.sheet.cells(row) if cell.column.key not in typed]}

    def form_valid(self, form):
        changes = form.changes()
        outcome = save(changes, self.get_store(), by=self.request.user)
        if not outcome.is_clean:
            self._sheet = None
            form.take(outcome, self.get_row())
            return self.form_invalid(form)
        messages.success(self.request, _("Saved: %(row)s.") % {"row": self.get_row().label})
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_success_url(self) -> str:
        following = self.next_row() if "next" in self.request.POST else None
        return following.url if following else self.sheet.page
