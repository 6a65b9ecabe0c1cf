"""The first municipality of an installation, with its committee and the one who lets in everybody else."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from committee.models import Body, Membership, Municipality, Person, Role
from core import clock, history

R = Role.Key
READERS = {"may_read_drafts": True, "may_attend": True, "may_speak": True}
# What comes with each role when a municipality begins. From then on it is its own, to change.
STANDARD_FLAGS = {
    R.CHAIR: READERS | {"is_called": True, "may_decide": True, "may_read_secret": True},
    R.VICE_CHAIR: READERS | {"is_called": True, "may_decide": True, "may_read_secret": True},
    R.MEMBER: {"is_called": True, "may_attend": True, "may_speak": True, "may_decide": True},
    R.SUBSTITUTE: {"is_called": True, "may_attend": True},
    R.SECRETARY: READERS | {"may_read_secret": True},
    R.CASE_OFFICER: {"may_read_drafts": True},
    R.HEAD: READERS | {"may_read_secret": True},
    R.CONTROLLER: {"may_read_drafts": True},
    R.REGISTRAR: {"may_read_drafts": True, "may_read_secret": True},
    R.ADMINISTRATOR: {},
}
# Days before the meeting; the summons leaves a week before, adjustment comes two weeks after.
STANDARD_OFFSETS = {
    "notice": 35,
    "manuscript": 20,
    "presidium": 14,
    "summons": 7,
    "group": 1,
    "adjustment": -14,
}


class AlreadyFounded(Exception):
    """There is a municipality already; str() is its name."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first one is called, and who administers it."""

    municipality: str
    committee: str
    prefix: str
    first_name: str
    last_name: str
    email: str


def require_nothing_founded() -> None:
    """Raise AlreadyFounded when there is a municipality."""
    if existing := Municipality.objects.order_by("pk").first():
        raise AlreadyFounded(str(existing))


@transaction.atomic
def found(told: Founding) -> Person:
    """Save the first municipality, its roles and its committee; return the administrator, still without a password.

    Everything is written in the administrator's name. Raises AlreadyFounded, and ValidationError for names
    and addresses that cannot be.
    """
    require_nothing_founded()
    administrator = Person(email=told.email, first_name=told.first_name, last_name=told.last_name)
    administrator.set_unusable_password()
    administrator.full_clean()
    administrator.save()
    history.act_as(administrator, reason="found")
    body = begin_body(
        begin_municipality(told.municipality, house_style=Municipality.HouseStyle.RULED),
        name=told.committee,
        prefix=told.prefix,
    )
    role = Role.objects.get(municipality=body.municipality, key=R.ADMINISTRATOR)
    Membership.objects.create(person=administrator, body=body, role=role, from_on=clock.today())
    return administrator


def begin_municipality(name: str, **fields: str) -> Municipality:
    """Save a municipality with the standard roles. What stands on its papers may follow later."""
    slug = fields.pop("slug", "") or slugify(name)
    municipality = Municipality(name=name, slug=slug, **fields)
    blank = [field.name for field in Municipality._meta.fields if getattr(municipality, field.name) == ""]
    municipality.full_clean(exclude=set(blank) - {"name", "slug"})
    municipality.save()
    Role.objects.bulk_create(
        Role(municipality=municipality, key=key, **flags) for key, flags in STANDARD_FLAGS.items()
    )
    return municipality


def begin_body(municipality: Municipality, *, name: str, prefix: str, **fields: str) -> Body:
    """Save a committee with the usual stop dates."""
    body = Body(
        municipality=municipality,
        name=name,
        prefix=prefix,
        deadline_offsets=dict(STANDARD_OFFSETS),
        **fields,
    )
    body.full_clean()
    body.save()
    return body


def password_link(person: Person) -> str:
    """Return an address where the person chooses a password; it works once, and for three days."""
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    return settings.SITE_URL + path


def mail_link(person: Person, link: str) -> bool:
    """Mail the address where a person chooses a password; return whether it was sent. Raises OSError.

    Where no mail is set up nothing is sent, and who asked has to pass the link on.
    """
    if not sends_mail():
        return False
    context = {"person": person, "link": link, "site": settings.SITE_URL}
    text = render_to_string("committee/mail/welcome.txt", context)
    send_mail(_("Your log-in to Nämndverk"), text, None, [person.email])
    return True


def sends_mail() -> bool:
    """Whether mail leaves the house: without a mail server it becomes files."""
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
