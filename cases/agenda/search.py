"""What can be begun about meetings from the search field."""

from django.utils.translation import gettext_lazy

from committee.models import Role
from core.search import command

command(
    "agenda.plan_meeting",
    gettext_lazy("New meeting"),
    url="agenda:meeting-create",
    allowed=lambda user: bool(user.rights.reads_as(Role.Key.SECRETARY)),
)
command(
    "agenda.next_meeting",
    gettext_lazy("Go to the next meeting"),
    url="agenda:meeting-next",
    allowed=lambda user: bool(user.rights.reads),
)
