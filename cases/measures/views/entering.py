from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView

from cases.measures import services
from cases.measures.forms import MyMeasureForm, OutcomeForm, steps_of
from cases.measures.grid import OutcomeStore, sheet_of
from cases.measures.models import Level, MeasureEdition, Outcome, Rating
from cases.measures.overview import summary_of
from cases.measures.tree import Tree
from cases.measures.views.tree import PeriodPage, periods_for
from committee.models import Period
from core import clock
from core.grid import GridMixin
from core.views import PostOnly
from core.workflow import StepNotAllowed


class OutcomeGrid(GridMixin, PeriodPage):
    """All outcomes of a period, as in a spreadsheet."""

    template_name = "measures/grid.html"

    def get_store(self):
        return OutcomeStore(self.get_object(), self.request.user)

    def get_sheet(self):
        return sheet_of(self.tree, self.request.user, mine=self.mine)

    @property
    def mine(self):
        return self.request.GET.get("show") == "mine"

    def get_context_data(self, **kwargs):
        self.tree = Tree(self.object, clock.today())
        return super().get_context_data(summary=summary_of(self.tree), mine=self.mine, **kwargs)


class OfEdition:
    """A measure in a period, for who reports it."""

    def dispatch(self, request, *args, **kwargs):
        self.period = get_object_or_404(periods_for(request.user), pk=kwargs["period"])
        editions = (
            MeasureEdition.objects.of_period(self.period).for_tree().select_related("measure__body", "goal")
        )
        self.edition = get_object_or_404(editions, pk=kwargs["edition"])
        if not request.user.has_perm("measures.enter_outcome", self.edition):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), **known_of(self.edition, self.period)}

    def form_valid(self, form):
        try:
            rating = services.report(
                self.edition,
                self.period,
                by=self.request.user,
                entry=form.entry,
                parts=form.parts,
                given=form.cleaned_data.get("given"),
                reason=form.cleaned_data.get("reason", ""),
                lines=form.cleaned_data.get("lines"),
                correction=form.cleaned_data.get("correction", ""),
                finish="finish" in self.request.POST,
            )
        except services.Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.form_invalid(form)
        except StepNotAllowed as not_yet:
            form.add_error("reason" if "given" in form.fields else None, str(not_yet))
            return self.form_invalid(form)
        self.say(rating)
        return redirect(self.get_success_url())

    def say(self, rating):
        said = _("“%s” is saved and marked as ready.") if rating.is_ready else _("“%s” is saved.")
        messages.success(self.request, said % self.edition)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class OutcomeEdit(OfEdition, FormView):
    """One measure's outcome and rating in a period: the way on a phone and without script, and to correct."""

    form_class = OutcomeForm
    template_name = "measures/outcome_form.html"

    def get_success_url(self):
        return self.edition.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            edition=self.edition, period=self.period, beside=beside(self.edition, self.period), **kwargs
        )


class FetchOutcome(OfEdition, PostOnly):
    """Take a measure's value from where it is known already."""

    def shown(self, request, *args, **kwargs):
        return self.edition

    def post(self, request, *args, **kwargs):
        try:
            services.fetch_outcome(self.edition, self.period, by=request.user)
        except services.Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("“%s” is fetched.") % self.edition)
        return redirect("measures:outcome", self.period.pk, self.edition.pk)


class MyMeasures(TemplateView):
    """Everything that one person reports in a period, on one page: for the phone, without a menu."""

    template_name = "measures/mine.html"

    def dispatch(self, request, *args, **kwargs):
        periods = periods_for(request.user).filter(status=Period.Status.OPEN)
        mine = periods.filter(body__measures__editions__responsible=request.user).distinct()
        if "period" in kwargs:
            self.period = get_object_or_404(periods, pk=kwargs["period"])
        else:
            self.period = mine.exclude(kind=Period.Kind.QUARTER).order_by("due_on", "pk").first()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        cards = self.cards() if self.period else []
        return super().get_context_data(**kwargs) | {
            "period": self.period,
            "todo": [card for card in cards if not card["is_ready"]],
            "done": [card for card in cards if card["is_ready"]],
        }

    def cards(self):
        tree = Tree(self.period, clock.today())
        years = tree.years
        previous = tree.beside("previous")
        previous = None if previous in years else previous
        steps = list(steps_of(self.period, Level.MEASURE))
        return [
            {
                "node": node,
                "edition": node.edition,
                "is_ready": node.is_ready,
                "before": previous and node.cells[previous.pk],
                "before_name": previous,
                "last_year": years and node.cells[years[-1].pk],
                "last_year_name": years and years[-1],
                "form": self.form_for(node, steps),
            }
            for node in tree.measures
            if node.edition.responsible_id == self.request.user.pk
        ]

    def form_for(self, node, steps):
        outcomes = {"": node.outcome} if node.outcome else {}
        outcomes |= dict(node.parts)
        known = {"edition": node.edition, "period": self.period, "rating": node.rating, "outcomes": outcomes}
        return MyMeasureForm(auto_id=f"m{node.edition.pk}_%s", steps=steps, **known)


class MyMeasure(OfEdition, FormView):
    """One of my measures, sent from the page of all; what is wrong is said at the field, on a page of its own."""

    form_class = MyMeasureForm
    template_name = "measures/mine_one.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            edition=self.edition, period=self.period, beside=beside(self.edition, self.period), **kwargs
        )

    def get_success_url(self):
        return reverse("measures:mine-period", args=[self.period.pk])


class FinishAll(PostOnly, DetailView):
    """Mark what can be marked as ready: my measures, or all for a controller."""

    model = Period

    def get_queryset(self):
        return periods_for(self.request.user)

    def get(self, request, *args, **kwargs):
        return redirect("measures:grid", kwargs["pk"])

    def post(self, request, *args, **kwargs):
        period = self.get_object()
        everyone = request.user.has_perm("measures.change_goals", period.body)
        owner = None if everyone else request.user
        done, hindered = services.finish_all(period, by=request.user, owner=owner)
        if done:
            messages.success(request, _("%s measures are marked as ready.") % done)
        for name, why in list(hindered.items())[:5]:
            messages.warning(request, f"{name}: {why}")
        if not done and not hindered:
            messages.info(request, _("There is nothing to mark as ready."))
        return redirect("measures:grid", period.pk)


def known_of(edition, period):
    """Return what a form needs to know of a measure in a period."""
    outcomes = Outcome.objects.filter(edition=edition, period=period)
    for outcome in outcomes:
        outcome.edition, outcome.period = edition, period
    return {
        "edition": edition,
        "period": period,
        "rating": Rating.objects.filter(edition=edition, period=period).select_related("given").first(),
        "outcomes": {outcome.split: outcome for outcome in outcomes},
    }


def beside(edition, period):
    """Return the outcomes that a new one is held against: the previous period's and last year's."""
    found = Outcome.objects.filter(
        edition__measure=edition.measure_id, split="", period__ends_on__lt=period.ends_on
    )
    return found.select_related("edition", "period").order_by("-period__ends_on")[:3]
