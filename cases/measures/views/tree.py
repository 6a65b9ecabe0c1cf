from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View

from cases.measures import services
from cases.measures.overview import late_by_person, narrow, summary_of
from cases.measures.tree import Tree
from committee.models import Period
from committee.permissions import kept_by
from core import clock
from core.missing import missing_in
from core.views import PostOnly, TakeStep

FILTERS = ("missing", "deviating", "reason", "corrected")


def periods_for(user):
    """Return the periods whose measures somebody sees, the latest first."""
    return Period.objects.visible_to(user).filter(body__in=user.rights.drafts).for_list()


class CurrentPeriod(View):
    """The goal tree begins at the period that is being reported: the open one with the nearest stop date."""

    def get(self, request):
        periods = periods_for(request.user).exclude(kind=Period.Kind.QUARTER)
        wanted = periods.filter(status=Period.Status.OPEN).order_by("due_on", "pk").first() or periods.first()
        return redirect("measures:tree", wanted.pk) if wanted else redirect("measures:tree-empty")


class NoPeriods(TemplateView):
    """There is nothing to report yet."""

    template_name = "measures/tree_empty.html"

    def get_context_data(self, **kwargs):
        may_plan = kept_by(self.request.user, "committee.plan_periods") is not None
        return super().get_context_data(may_plan=may_plan, **kwargs)


class PeriodPage(DetailView):
    """A page about a period: the tree, the grid, who is late."""

    model = Period
    context_object_name = "period"

    def get_queryset(self):
        return periods_for(self.request.user)

    def get_context_data(self, **kwargs):
        user, period = self.request.user, self.object
        may_control = user.has_perm("measures.change_goals", period.body)
        return super().get_context_data(may_control=may_control, **kwargs)


class GoalTree(PeriodPage):
    """Areas, council goals, goals and measures of a period: what they came to, and how they are rated."""

    template_name = "measures/tree.html"

    def get_context_data(self, **kwargs):
        tree = Tree(self.object, clock.today())
        summary = summary_of(tree)
        show = self.request.GET.get("show", "")
        narrow(tree, show)
        return super().get_context_data(
            tree=tree,
            show=show if show in FILTERS else "",
            summary=summary,
            others=[one for one in tree.all_periods if one.pk != self.object.pk],
            steps=Period.WORKFLOW.open_to(self.request.user, self.object),
            may_import=self.object.is_open
            and self.request.user.has_perm("measures.import_outcomes", self.object),
            **kwargs,
        )


class WhoIsLate(PeriodPage):
    """What is missing in a period, by who answers for it."""

    template_name = "measures/late.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        tree = Tree(self.object, today)
        return super().get_context_data(
            people=late_by_person(tree),
            others=missing_in(self.object, self.request.user),
            summary=summary_of(tree),
            **kwargs,
        )


class PeriodStep(TakeStep):
    """Close a period, or open it again."""

    model = Period

    def said(self):
        return _("Done. The period is now “%s”.") % dict(Period.Status.choices)[self.step.target].lower()


class BeginScale(PostOnly):
    """Begin with the standard scale of ratings."""

    def shown(self, request, *args, **kwargs):
        return reverse("measures:setup-list", args=["scale"])

    def post(self, request):
        body = kept_by(request.user, "measures.change_goals")
        if body is None:
            raise PermissionDenied
        services.begin_scale(body.municipality, by=request.user)
        return redirect(self.shown(request))
