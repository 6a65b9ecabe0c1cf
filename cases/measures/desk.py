"""What measures put on somebody's desk: what they have to report, and by when."""

from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.measures.models import Assignment, MeasureEdition, Rating
from committee.models import Period
from core.desk import DeskItem, desk, urgency

AHEAD = timedelta(days=60)  # when a stop date begins to be on the desk


@desk("measures.to_report", reminds=True)
def to_report(user, today):
    """The measures that I report in each open period, until they are marked as ready."""
    ready = Rating.objects.filter(
        edition=OuterRef("pk"), period=OuterRef("measure__body__periods"), status=Rating.Status.READY
    )
    waiting = (
        MeasureEdition.objects.visible_to(user)
        .filter(
            ~Exists(ready),
            responsible=user,
            measure__body__periods__status=Period.Status.OPEN,
            measure__body__periods__year=F("year"),
            measure__body__periods__kind__in=[Period.Kind.INTERIM, Period.Kind.YEAR, Period.Kind.MONTH],
            measure__body__periods__due_on__lte=today + AHEAD,
        )
        .values("measure__body__periods")
        .annotate(names=ArrayAgg("name", order_by=["position", "pk"]))
    )
    left = {row["measure__body__periods"]: row["names"] for row in waiting}
    periods = Period.objects.filter(pk__in=left) if left else []
    return [_reporting(period, left[period.pk], today) for period in periods]


def _reporting(period, names, today):
    number = len(names)
    status, label = urgency(period.due_on, today) or ("wait", _("open"))
    return DeskItem(
        due_on=period.due_on,
        title=ngettext("Report %(number)s measure", "Report %(number)s measures", number)
        % {"number": number},
        rule=_("Stop date of %s") % period,
        url=reverse("measures:mine-period", args=[period.pk]),
        status=status,
        label=label,
        details=tuple(names),
    )


@desk("measures.assignments", reminds=True)
def my_assignments(user, today):
    """Assignments that I am responsible for, when their day comes near."""
    mine = Assignment.objects.visible_to(user).filter(responsible=user, due_on__lte=today + AHEAD)
    return [_assigned(assignment, today) for assignment in mine.open().order_by("due_on", "pk")]


def _assigned(assignment, today):
    status, label = urgency(assignment.due_on, today) or (assignment.shape, assignment.get_status_display())
    return DeskItem(
        due_on=assignment.due_on,
        title=assignment.title,
        rule=_("Assignment of %(year)s · given by: %(giver)s")
        % {"year": assignment.year, "giver": assignment.get_giver_display()},
        url=assignment.get_absolute_url(),
        status=status,
        label=label,
    )
