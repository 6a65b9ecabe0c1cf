from functools import cached_property

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models.bodies import Body, Municipality
from committee.rights import Rights
from core import clock, formats
from core.history import recorded


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save()
        return person


def in_few_words(path):
    """A person at the end of a path, read with another row: what `Person(**words)` takes and papers print."""
    return JSONObject(**{name: f"{path}__{name}" for name in ("first_name", "last_name", "title")})


class Person(AbstractBaseUser):
    """Somebody with a part in the work, elected or employed; with a password, somebody who logs in."""

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=80, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    USERNAME_FIELD = "email"

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        ordering = ["last_name", "first_name"]
        triggers = [recorded(without=["password", "last_login"])]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    def get_full_name(self):
        return str(self)

    @property
    def initials(self):
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def with_title(self):
        return f"{self}, {formats.in_a_sentence(self.title)}" if self.title else str(self)

    def has_perm(self, permission, subject=None):
        return self.is_active and rules.has_perm(permission, self, subject)

    @cached_property
    def rights(self):
        """What this person may do today and where: one query, once per request."""
        return Rights.of(self.memberships.current(clock.today()).select_related("role", "body__municipality"))


class Role(models.Model):
    """A part that people play, and what comes with it: flags, so that a municipality can set them."""

    class Key(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice chair")
        MEMBER = "member", _("Member")
        SUBSTITUTE = "substitute", _("Substitute")
        STAFF_REPRESENTATIVE = "staff_representative", _("Staff representative")
        SECRETARY = "secretary", _("Committee secretary")
        CASE_OFFICER = "case_officer", _("Case officer")
        HEAD = "head", _("Head of department")
        CONTROLLER = "controller", _("Controller")
        REGISTRAR = "registrar", _("Registrar")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="roles")
    key = models.CharField(_("role"), max_length=20, choices=Key)
    is_called = models.BooleanField(_("is called to meetings"), default=False)
    may_attend = models.BooleanField(_("may attend"), default=False)
    may_speak = models.BooleanField(_("may speak"), default=False)
    may_decide = models.BooleanField(_("may decide"), default=False)
    may_read_drafts = models.BooleanField(_("may read drafts"), default=False)
    may_read_secret = models.BooleanField(_("may read what is secret"), default=False)

    class Meta:
        verbose_name = _("role")
        constraints = [models.UniqueConstraint("municipality", "key", name="role_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.get_key_display()


class MembershipQuerySet(models.QuerySet):
    def current(self, today):
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=today), from_on__lte=today)

    def called(self):
        """Members and substitutes who get the summons; substitutes too, KL 6:17."""
        return self.filter(role__is_called=True)

    def for_list(self):
        """In the order of rank; within a role by party group and place in it."""
        ranks = [When(role__key=key, then=place) for place, key in enumerate(Role.Key.values)]
        rank = Case(*ranks, output_field=models.PositiveSmallIntegerField())
        return self.select_related("person", "role").order_by(rank, "party", "place", "person")


class Membership(models.Model):
    """A person's part in a body from one day to another. A new term or role is a new row."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    party = models.CharField(_("party"), max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("A substitute's place in the order of the party group.")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until and including"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint("person", "body", "role", "from_on", name="membership_once"),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.person}: {self.role}"
