"""Whom one may log in as in the demo. Every template library is loaded by every worker: this loads models only."""

from dataclasses import dataclass

from committee.models import Membership

PASSWORD = "namndverk-demo"  # noqa: S105  the demo's own, printed on its log-in page


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody of the demo whom one may log in as."""

    email: str
    name: str
    title: str
    role: str
    municipality: str


def logins() -> list[Login]:
    """Return one person for each role and title that differs; nobody but the demo's own."""
    held = Membership.objects.filter(person__email__endswith=".example").order_by("body", "pk")
    shown: dict[tuple[str, str, str], Login] = {}
    for one in held.select_related("person", "role", "body__municipality"):
        person, role, place = one.person, str(one.role), str(one.body.municipality)
        shown.setdefault(
            (place, role, person.title), Login(person.email, str(person), person.title, role, place)
        )
    return list(shown.values())
