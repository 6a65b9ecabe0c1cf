"""A year's budget: read, filled in, adopted, revised."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from cases.finance import services
from cases.finance.forms import BeginBudgetForm, FrameForm
from cases.finance.models import BudgetVersion, Line
from cases.finance.stores import AmountStore
from cases.finance.views.entering import CUTS, sheet_of
from committee.models import Role
from core import clock
from core.grid import GridMixin, RowPage
from core.views import TakeStep

# What a budget is made of; accounts have none.
BUDGETED = (Line.Cut.AREA, Line.Cut.PROJECT)


class BudgetSheet:
    """The amounts of a budget, by area or, with `?by=project`, by project."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        budgets = BudgetVersion.objects.visible_to(request.user).select_related(
            "body__municipality", "continues"
        )
        self.budget = get_object_or_404(budgets, pk=kwargs["pk"])
        self.cut = request.GET.get("by", Line.Cut.AREA)
        if self.cut not in BUDGETED:
            raise Http404
        self.may_enter = request.user.has_perm("finance.enter_amounts", self.budget)

    def get_store(self):
        return AmountStore(self.budget, self.cut, may_enter=self.may_enter)

    def get_sheet(self):
        return sheet_of(
            self.get_store(),
            caption=f"{self.budget}, {CUTS[self.cut]}",
            row_url=lambda key: f"{reverse('finance:budget-row', args=[self.budget.pk, key])}?by={self.cut}",
            url=f"{self.budget.get_absolute_url()}?by={self.cut}",
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            budget=self.budget,
            cut=self.cut,
            cuts=[(cut, CUTS[cut]) for cut in BUDGETED],
            steps=BudgetVersion.WORKFLOW.open_to(self.request.user, self.budget),
            may_enter=self.may_enter,
            left=self.budget.left,
            **kwargs,
        )


class BudgetDetail(BudgetSheet, GridMixin, TemplateView):
    template_name = "finance/budget_detail.html"


class BudgetRow(BudgetSheet, RowPage):
    template_name = "finance/budget_row.html"


class BudgetStep(TakeStep):
    """Adopt a budget by a decision."""

    model = BudgetVersion


class BudgetFrame(FormView):
    """Write down what the council gives for the year."""

    form_class = FrameForm
    template_name = "finance/budget_frame.html"

    def dispatch(self, request, *args, **kwargs):
        self.budget = get_object_or_404(BudgetVersion.objects.visible_to(request.user), pk=kwargs["pk"])
        if not request.user.has_perm("finance.enter_amounts", self.budget):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"frame": self.budget.frame, "frame_decision": self.budget.frame_decision}

    def form_valid(self, form):
        told = form.cleaned_data
        try:
            services.set_frame(
                self.budget, frame=told["frame"], decision=told["frame_decision"], by=self.request.user
            )
        except services.Locked as locked:
            form.add_error(None, str(locked))
            return self.form_invalid(form)
        return redirect(self.budget)

    def get_context_data(self, **kwargs):
        return super().get_context_data(budget=self.budget, **kwargs)


class BudgetBegin(FormView):
    """Begin the budget of a year, or a revised one."""

    form_class = BeginBudgetForm
    template_name = "finance/budget_begin.html"

    def dispatch(self, request, *args, **kwargs):
        enters = request.user.rights.bodies_as(Role.Key.CONTROLLER)
        self.body = next((body for body in request.user.rights.places if body.pk in enters), None)
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"year": clock.today().year}

    def form_valid(self, form):
        budget = services.begin_budget(self.body, year=form.cleaned_data["year"], by=self.request.user)
        return redirect(budget)

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("Begin a budget"), **kwargs)
