"""The period's economy to read."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from cases.finance import checks, services, statements, trends
from cases.finance.ledger import Ledger
from cases.finance.models import BudgetVersion, Explanation, Grant, Layout, Line
from cases.finance.models.kinds import Table
from cases.finance.permissions import periods_of
from committee.models import Period, Role
from core.views import PostOnly


class PeriodList(ListView):
    """The periods that money is followed up in, and the budgets it is held against."""

    template_name = "finance/period_list.html"
    paginate_by = 24

    def get_queryset(self):
        wanted = [Period.Kind.INTERIM, Period.Kind.YEAR, Period.Kind.MONTH]
        return periods_of(self.request.user).filter(kind__in=wanted).for_list()

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not user.rights.drafts:
            raise PermissionDenied
        enters = user.rights.bodies_as(Role.Key.CONTROLLER)
        return super().get_context_data(
            budgets=BudgetVersion.objects.visible_to(user).for_list(),
            may_begin=bool(enters),
            is_laid_out=Layout.objects.filter(body__in=user.rights.drafts).exists(),
            **kwargs,
        )


class LayOut(PostOnly):
    """Begin with the standard lines and columns."""

    def shown(self, request, *args, **kwargs):
        return "finance:period-list"

    def post(self, request):
        mine = [body for body in request.user.rights.places if self.enters(body)]
        if not mine:
            raise PermissionDenied
        for body in mine:
            services.lay_out(body, by=request.user)
        return redirect("finance:period-list")

    def enters(self, body):
        return self.request.user.rights.has_role(body.pk, Role.Key.CONTROLLER)


SECTIONS = {
    "operating": _("Operations"),
    "analysis": _("Analysis"),
    "investments": _("Investments"),
    "counted": _("Volumes and key figures"),
    "free": _("Free tables"),
}
CHECKED = {
    "operating": ("finance.accounts", "finance.bridge"),
    "analysis": ("finance.accounts", "finance.bridge", "finance.migration"),
    "counted": ("finance.parts",),
}
ENTERED = {"operating": Line.Cut.AREA, "analysis": Line.Cut.ACCOUNT, "investments": Line.Cut.PROJECT}
COUNTED = {"counted": (Table.VOLUMES, Table.KEY_FIGURES, Table.STAFF)}


class PeriodEconomy(DetailView):
    """One section of a period's economy: its tables, what they are held against, and where to fill them in."""

    template_name = "finance/period_detail.html"

    def get_queryset(self):
        return periods_of(self.request.user).select_related("body__municipality")

    def get_context_data(self, **kwargs):
        section = self.kwargs.get("section", "operating")
        if section not in SECTIONS:
            raise Http404
        period, user = self.object, self.request.user
        ledger = Ledger.of(period)
        held = checks.checks(ledger, CHECKED.get(section, ()))
        return super().get_context_data(
            period=period,
            section=section,
            sections=SECTIONS,
            tables=[shown(ledger, *table) for table in tables_of(ledger, section)],
            charts=charts_of(ledger) if section == "operating" else {},
            broken=[check for check in held if not check.holds],
            holding=[check for check in held if check.holds],
            cut=ENTERED.get(section),
            counted=[(one.value, one.label) for one in COUNTED.get(section, ())],
            may_enter=user.has_perm("finance.enter_amounts", period),
            may_import=period.is_open and user.has_perm("finance.enter_amounts", period),
            steps=period.WORKFLOW.open_to(user, period),
            **kwargs,
        )


def tables_of(ledger, section):
    """Yield key, statement and, where its rows are edited one by one, rows and the word for a new one."""
    if section == "operating":
        yield "summary", statements.summary(ledger), {}
        yield "operating", statements.operating(ledger), {}
    elif section == "analysis":
        yield "bridge", statements.bridge(ledger), {"explanations": Explanation.List.BRIDGE}
        yield "accounts", statements.accounts(ledger), {}
        yield "outside", statements.outside(ledger), {"explanations": Explanation.List.OUTSIDE}
        yield "grants", statements.grants(ledger), {"grants": Grant.Kind.GRANT}
        yield "migration", statements.grants(ledger, Grant.Kind.MIGRATION), {"grants": Grant.Kind.MIGRATION}
    elif section == "investments":
        yield "investments", statements.investments(ledger), {}
        yield "projects", statements.projects(ledger), {}
    elif section == "counted":
        for table in COUNTED["counted"]:
            yield table.value, statements.counted(ledger, table), {}
    else:
        for table in ledger.free_tables:
            yield table.key, statements.free(table), {"free": table}


def shown(ledger, key, data, more):
    """Return a table as the page shows it, with the rows that are edited one by one."""
    rows = []
    if "explanations" in more:
        rows = [one for one in ledger.explanations if one.list == more["explanations"]]
    if "grants" in more:
        rows = [one for one in ledger.grants if one.kind == more["grants"]]
    return {"key": key, "data": data, "rows": rows, **more}


def charts_of(ledger):
    return {"deviations": trends.deviations(ledger), "forecasts": trends.forecasts(ledger)}
