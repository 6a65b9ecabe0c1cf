"""What money puts on somebody's desk: the forecasts of a period that nobody has entered."""

from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.finance.models import Amount
from cases.finance.models.kinds import Kind
from committee.models import OperatingArea, Period, Role
from core.desk import DeskItem, desk, urgency
from core.missing import Missing, missing

AHEAD = timedelta(days=60)  # when a stop date begins to be on the desk
FORECAST_IN = (Period.Kind.INTERIM, Period.Kind.MONTH)


@desk("finance.to_enter", reminds=True)
def to_enter(user, today):
    """The operating areas of the committees whose money I keep that have no forecast in an open period."""
    bodies = user.rights.bodies_as(Role.Key.CONTROLLER)
    if not bodies:
        return []
    entered = Amount.objects.filter(
        area=OuterRef("pk"), reported_in=OuterRef("body__periods"), kind=Kind.FORECAST
    )
    waiting = (
        OperatingArea.objects.filter(
            ~Exists(entered),
            body__in=bodies,
            body__periods__status=Period.Status.OPEN,
            body__periods__kind__in=FORECAST_IN,
            body__periods__due_on__lte=today + AHEAD,
        )
        .values("body__periods")
        .annotate(names=ArrayAgg("name", order_by=["position", "pk"]), period=F("body__periods"))
    )
    left = {row["period"]: row["names"] for row in waiting}
    periods = Period.objects.filter(pk__in=left) if left else []
    return [_entering(period, left[period.pk], today) for period in periods]


@missing("finance.forecasts")
def without_forecast(period, user):
    """The operating areas that have no forecast in a period that asks for one."""
    if period.kind not in FORECAST_IN or not user.has_perm("finance.view_period", period):
        return []
    entered = Amount.objects.filter(area=OuterRef("pk"), reported_in=period, kind=Kind.FORECAST)
    areas = OperatingArea.objects.filter(~Exists(entered), body=period.body).in_use(period.year)
    url = reverse("finance:amount-grid", args=[period.pk, "area"])
    return [
        Missing(_("The controller"), _("Enter the forecast of “%s”") % area.name, url, period.due_on)
        for area in areas
    ]


def _entering(period, names, today):
    number = len(names)
    status, label = urgency(period.due_on, today) or ("wait", _("open"))
    return DeskItem(
        due_on=period.due_on,
        title=ngettext(
            "Enter the forecast of %(number)s operating area",
            "Enter the forecasts of %(number)s operating areas",
            number,
        )
        % {"number": number},
        rule=_("Stop date of %s") % period,
        url=reverse("finance:amount-grid", args=[period.pk, "area"]),
        status=status,
        label=label,
        details=tuple(names),
    )
