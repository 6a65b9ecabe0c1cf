"""Where people begin whose work is with the body itself."""

from django.urls import reverse

from committee.models import Role
from core.desk import first_page


@first_page("committee.administrators")
def people_first(user, today):
    """Who only administers begins with the people: nothing of the meetings ever waits for them."""
    return reverse("committee:people") if user.rights.by_role.keys() == {Role.Key.ADMINISTRATOR} else None
