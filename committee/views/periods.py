"""A committee's periods: which there are, when they are due, and which are closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View

from committee import services
from committee.forms import PlanYearForm, StopDatesForm
from committee.models import Period
from committee.permissions import kept_by
from core import clock
from core.setup.services import remove
from core.views import TakeStep


class PlansPeriods:
    """Lets in who plans the periods of a body: the administrator, the secretary, the controller."""

    def dispatch(self, request, *args, **kwargs):
        self.body = kept_by(request.user, "committee.plan_periods")
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def periods(self):
        return Period.objects.filter(body=self.body)


def address(year):
    return f"{reverse('committee:periods')}?year={year}"


class PeriodList(PlansPeriods, View):
    """A year's periods, with their stop dates to be moved in place."""

    def get(self, request):
        return self.show(StopDatesForm(periods=self.of_year))

    def post(self, request):
        dates = StopDatesForm(request.POST, periods=self.of_year)
        if not dates.is_valid():
            return self.show(dates, status=422)
        moved = services.move_stop_dates(self.body, due_on=dates.due_on, by=request.user)
        said = ngettext("%s stop date is moved.", "%s stop dates are moved.", moved) % moved
        messages.success(request, said if moved else _("No stop date was changed."))
        return redirect(address(self.year))

    @cached_property
    def years(self):
        return sorted(set(self.periods.values_list("year", flat=True)), reverse=True)

    @cached_property
    def year(self):
        asked = self.request.GET.get("year", "")
        if asked.isdecimal() and int(asked) in self.years:
            return int(asked)
        now = clock.today().year
        return now if now in self.years or not self.years else self.years[0]

    @property
    def of_year(self):
        return self.periods.filter(year=self.year).order_by("ends_on", "kind")

    def show(self, dates, status=200):
        user = self.request.user
        context = {
            "body": self.body,
            "years": self.years,
            "year": self.year,
            "next_year": max(self.years, default=clock.today().year - 1) + 1,
            "dates": dates,
            "may_manage": user.has_perm("committee.manage_body", self.body),
            "rows": [(*line, Period.WORKFLOW.open_to(user, line[0])) for line in dates.lines],
        }
        return render(self.request, "committee/period_list.html", context, status=status)


class PlanYear(PlansPeriods, FormView):
    """Add a year's periods in one go, by the pattern of the year before."""

    form_class = PlanYearForm
    template_name = "committee/plan_year.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "pattern": services.pattern_of(self.body)}

    def get_initial(self):
        last = self.periods.order_by("-year").first()
        return {"year": last.year + 1 if last else clock.today().year}

    def form_valid(self, form):
        year = form.cleaned_data["year"]
        added = services.plan_year(self.body, year=year, pattern=form.pattern, by=self.request.user)
        said = ngettext("%s period is added.", "%s periods are added.", len(added)) % len(added)
        messages.success(self.request, said if added else _("The year has all these periods already."))
        return redirect(address(year))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PeriodStep(TakeStep):
    """Close a period, or open it again."""

    model = Period

    def shown_after(self):
        return address(self.object.year)

    def said(self):
        name = dict(Period.Status.choices)[self.step.target].lower()
        return _("Done. The period is now “%s”.") % name


class PeriodRemove(PlansPeriods, View):
    """Remove a period that was planned by mistake; one that anything is entered for stays."""

    def get(self, request, pk):
        return self.ask(get_object_or_404(self.periods, pk=pk))

    def post(self, request, pk):
        period = get_object_or_404(self.periods, pk=pk)
        try:
            with transaction.atomic():
                remove(period, by=request.user)
        except ProtectedError:
            return self.ask(
                period, _("Something is entered or written for it. Close it when it is done."), 422
            )
        messages.success(request, _("“%s” is removed.") % period)
        return redirect(address(period.year))

    def ask(self, period, held="", status=200):
        context = {
            "name": period,
            "held": held,
            "crumb": (_("Periods"), address(period.year)),
            "listing": {"label": period},
            "list_url": address(period.year),
        }
        return render(self.request, "core/setup/remove.html", context, status=status)
