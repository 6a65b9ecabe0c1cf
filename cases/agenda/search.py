"""What can be begun about meetings from the search field."""

from django.utils.translation import gettext_lazy

from committee.models import Meeting, Role
from core import clock
from core.search import command, to


def next_to_call(user):
    """Return the address of the next meeting that the user is to call to, or None."""
    mine = Meeting.objects.filter(body__in=user.rights.bodies_as(Role.Key.SECRETARY))
    planned = mine.filter(status=Meeting.Status.PLANNED).coming(clock.today())
    meeting = planned.order_by("starts_at").first()
    return meeting.get_absolute_url() if meeting else None


command(
    "agenda.plan_meeting",
    gettext_lazy("New meeting"),
    url=to("agenda:meeting-create"),
    allowed=lambda user: bool(user.rights.reads_as(Role.Key.SECRETARY)),
)
command(
    "agenda.next_meeting",
    gettext_lazy("Go to the next meeting"),
    url=to("agenda:meeting-next"),
    allowed=lambda user: bool(user.rights.reads),
)
command(
    "agenda.send_summons",
    gettext_lazy("New summons: the next meeting"),
    url=next_to_call,
    allowed=lambda user: bool(user.rights.bodies_as(Role.Key.SECRETARY)),
)
