"""Explanations, grants and free tables of a period: entered, changed, taken away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, FormView, TemplateView, UpdateView

from cases.finance import pasting, services
from cases.finance.forms import ExplanationForm, FreeTableForm, GrantForm
from cases.finance.models import Explanation, FreeTable, Grant
from cases.finance.permissions import periods_of
from cases.finance.places import url_of
from cases.finance.services.around import BadCell


class EntersHere:
    """Lets in who enters the period's money."""

    @cached_property
    def period(self):
        return get_object_or_404(periods_of(self.request.user), pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("finance.enter_amounts", self.period):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(period=self.period, back=self.back(), **kwargs)


class SavesRow:
    """Saves the form's row by the service; what the period or the database refuses is said on the form."""

    template_name = "finance/row_form.html"

    def form_valid(self, form):
        row = form.save(commit=False)
        try:
            with transaction.atomic():
                services.keep(row, by=self.request.user)
        except services.Locked as refused:
            form.add_error(None, str(refused))
        except IntegrityError:
            form.add_error(None, _("There is a row of this name already."))
        else:
            messages.success(self.request, _("“%s” is saved.") % row)
            return redirect(self.back())
        return self.form_invalid(form)


class OfRow(EntersHere):
    """The row that the address names; its period says who may."""

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).select_related("period__body__municipality")

    @cached_property
    def period(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"]).period


class ExplanationCreate(SavesRow, EntersHere, CreateView):
    form_class = ExplanationForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["list"] not in Explanation.List.values:
            raise Http404

    def get_form_kwargs(self):
        place = Explanation.objects.filter(period=self.period).count()
        row = Explanation(period=self.period, list=self.kwargs["list"], position=place)
        return {**super().get_form_kwargs(), "instance": row}

    def back(self):
        return url_of(self.period, self.kwargs["list"])


class ExplanationUpdate(SavesRow, OfRow, UpdateView):
    model = Explanation
    form_class = ExplanationForm

    def back(self):
        return url_of(self.period, self.get_object().list)


class GrantCreate(SavesRow, EntersHere, CreateView):
    form_class = GrantForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in Grant.Kind.values:
            raise Http404

    def get_form_kwargs(self):
        place = Grant.objects.filter(period=self.period).count()
        return {
            **super().get_form_kwargs(),
            "instance": Grant(period=self.period, kind=self.kwargs["kind"], position=place),
        }

    def back(self):
        return url_of(self.period, table_of(self.kwargs["kind"]))


class GrantUpdate(SavesRow, OfRow, UpdateView):
    model = Grant
    form_class = GrantForm

    def back(self):
        return url_of(self.period, table_of(self.get_object().kind))


def table_of(kind):
    """Return the key of the table that grants of a kind stand in."""
    return "migration" if kind == Grant.Kind.MIGRATION else "grants"


class RemoveRow(OfRow, TemplateView):
    """Asks, and takes a row away."""

    template_name = "finance/row_remove.html"

    @cached_property
    def row(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def post(self, request, pk):
        back = self.back()
        try:
            services.remove(self.row, by=request.user)
        except services.Locked as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("“%s” is removed.") % self.row)
        return redirect(back)

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, **kwargs)


class ExplanationRemove(RemoveRow):
    model = Explanation

    def back(self):
        return url_of(self.period, self.row.list)


class GrantRemove(RemoveRow):
    model = Grant

    def back(self):
        return url_of(self.period, table_of(self.row.kind))


class FreeTableRemove(RemoveRow):
    model = FreeTable

    def back(self):
        return url_of(self.period, "free")


class SavesTable:
    """Saves a table from its cells as they were pasted; `held` is the one it replaces."""

    form_class = FreeTableForm
    template_name = "finance/row_form.html"
    held = None

    def back(self):
        return url_of(self.period, "free")

    def form_valid(self, form):
        heads, *rows = form.pasted_rows
        columns = pasting.columns_of(
            heads, rows, adds=form.cleaned_data["sums"], held=self.held.columns if self.held else ()
        )
        try:
            services.keep_free_table(
                self.period,
                title=form.cleaned_data["title"],
                columns=columns,
                rows=rows,
                note=form.cleaned_data["note"],
                key=self.held.key if self.held else "",
                by=self.request.user,
            )
        except BadCell as wrong:
            form.add_error("pasted", str(wrong))
        except services.Locked as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("“%s” is saved.") % form.cleaned_data["title"])
            return redirect(self.back())
        return self.form_invalid(form)


class FreeTableCreate(SavesTable, EntersHere, FormView):
    """A table that nothing else models, pasted from Excel."""

    def form_valid(self, form):
        title = form.cleaned_data["title"]
        if self.period.free_tables.filter(key=services.free_table_key(title)).exists():
            form.add_error(
                "title", _("There is a table of this name already: change it, or take another name.")
            )
            return self.form_invalid(form)
        return super().form_valid(form)


class FreeTableUpdate(SavesTable, OfRow, FormView):
    """A free table, shown as it would be copied: changed here, or pasted anew over it."""

    model = FreeTable

    @cached_property
    def held(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_initial(self):
        return {
            "title": self.held.title,
            "pasted": pasting.as_pasted(self.held.columns, self.held.rows),
            "sums": any(column.get("adds") for column in self.held.columns),
            "note": self.held.note,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(object=self.held, **kwargs)
