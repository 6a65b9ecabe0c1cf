from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.register.models import Attachment, Case, Document
from cases.register.numbering import number_key
from cases.register.services.numbers import next_number
from committee.models import Body, Municipality, Person
from core.collisions import Seen, reconciled
from core.services import service
from reports.services import withhold


class BadNumber(ValueError):
    """A typed registry number that cannot be one, or that another case already has."""


@service
def open_case(
    body: Body, *, title: str, owner: Person, opened_on: date, by: Person, number: str = "", **fields: Any
) -> Case:
    """Open a case under the next number of the counter, or under one typed from the municipality's diary.

    Raises BadNumber when the municipality types its numbers and this one is missing, malformed or taken.
    """
    typed = body.municipality.numbers == Municipality.Numbers.TYPED
    number = _typed(body, number, year=opened_on.year) if typed else next_number(body, year=opened_on.year)
    return Case.objects.create(
        body=body,
        number=number,
        number_key=number_key(number),
        title=title,
        owner=owner,
        opened_on=opened_on,
        **fields,
    )


def _typed(body: Body, number: str, *, year: int) -> str:
    key = number_key(number)
    prefix, year_and_serial = key[: len(body.prefix)], key[len(body.prefix) :]
    if prefix != body.prefix.lower() or not year_and_serial[:1].isdigit():
        example = _("Write the number as it stands in the diary, such as %s.")
        raise BadNumber(example % body.example_of_number(year))
    if Case.objects.filter(body=body, number_key=key).exists():
        raise BadNumber(_("The number %s already belongs to a case.") % number)
    return number


@service
def change_case(case: Case, *, by: Person, seen: Seen | None = None, **fields: Any) -> Case:
    """Change what is said of a case; its number stays.

    What was made of it before it became secret is handed out no more. Raises Collided for what somebody else
    changed too since it was `seen`.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    fields = reconciled(case, fields, seen)
    if fields.get("is_secret") and not case.is_secret:
        withhold(case, by=by)
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))
    return case


@service
def release(
    *, cases: Iterable[int], documents: Iterable[int], attachments: Iterable[int] = (), by: Person
) -> None:
    """Let the members see cases, approved documents and files: they have been called to deal with them.

    Takes primary keys. What was released before keeps its moment.
    """
    now = timezone.now()
    Case.objects.filter(pk__in=cases, released_at=None).update(released_at=now)
    approved = Document.objects.filter(status=Document.Status.APPROVED, released_at=None)
    approved.filter(pk__in=documents).update(released_at=now)
    Attachment.objects.filter(pk__in=attachments, released_at=None).update(released_at=now)
