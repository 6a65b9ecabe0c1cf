from datetime import date
from typing import Any

from committee.models import Body, Membership, Person, Role
from core.services import service


class AlreadyHeld(ValueError):
    """The person already has this role in the body from that day."""


class OwnRole(ValueError):
    """Nobody gives a role to themselves: another administrator or the secretary does."""


@service
def appoint(
    body: Body,
    *,
    email: str,
    role: Role,
    from_on: date,
    by: Person,
    first_name: str,
    last_name: str,
    **fields: Any,
) -> Membership:
    """Give somebody a role in a body from a day. Who is new can log in when they have chosen a password.

    An existing person is found by e-mail; name and title are then left as they are. Raises OwnRole and
    AlreadyHeld.
    """
    if email.casefold() == by.email.casefold():
        raise OwnRole
    title = fields.pop("title", "")
    person = Person.objects.filter(email__iexact=email).first() or Person.objects.create_user(
        email, first_name=first_name, last_name=last_name, title=title
    )
    if Membership.objects.filter(person=person, body=body, role=role, from_on=from_on).exists():
        raise AlreadyHeld
    return Membership.objects.create(person=person, body=body, role=role, from_on=from_on, **fields)


@service
def end_membership(membership: Membership, *, to_on: date, by: Person) -> Membership:
    """Let a membership end after a day. What the person did meanwhile stays in the history."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.to_on = max(to_on, membership.from_on)
    membership.save(update_fields=["to_on"])
    return membership
