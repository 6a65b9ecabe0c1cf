"""Tables to take home: what a plan promises and how it goes with it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.register.models import Action
from core.tables import Table, TableColumn, table

COLUMNS = [
    TableColumn("theme", pgettext_lazy("of an action", "Theme")),
    TableColumn("title", pgettext_lazy("of an action", "Activity")),
    TableColumn("responsible", _("Responsible")),
    TableColumn("due_on", _("Due"), "date"),
    TableColumn("status", _("Status"), "choice"),
    TableColumn("reason", _("Why it was not done")),
    TableColumn("follow_up", pgettext_lazy("of an action", "How it goes")),
]


@table("register.actions", subject="register.Document", label=_("Actions"), back="register.actions")
def actions(document, options) -> Table:
    """What a plan promises, one row for each action."""
    return Table(COLUMNS, _rows(Action.objects.of(document).select_related("responsible")))


@table(
    "register.actions_of_period",
    subject="committee.Period",
    label=_("Actions of all plans"),
    permission="register.view_actions_of_period",
    made_from=["register.actions"],
)
def actions_of_period(period, options) -> Table:
    """What the plans of a period promise that are not secret, each with the plan's name first."""
    found = Action.objects.in_period(period).exclude(document__is_secret=True)
    found = found.exclude(document__case__is_secret=True).for_list().order_by("document", "position", "pk")
    rows = [[str(action.document or ""), *row] for action, row in zip(found, _rows(found), strict=True)]
    return Table([TableColumn("plan", _("Plan")), *COLUMNS], rows)


def _rows(actions: Iterable[Action]) -> list[list]:
    return [
        [
            one.theme,
            one.title,
            str(one.responsible),
            one.due_on,
            one.get_status_display(),
            one.reason,
            one.follow_up,
        ]
        for one in actions
    ]
