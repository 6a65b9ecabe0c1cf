from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.register.numbering import number_key
from committee.models import Body, Person
from core.history import recorded
from core.workflow import Step, Workflow


class NumberCounter(models.Model):
    """The last registry number that a body gave out in a year."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("body", "year", name="counter_once")]

    def __str__(self):
        return f"{self.body} {self.year}: {self.last}"


def numbered(key, field):
    """Rows whose number has this key; without a prefix, whatever prefix they have."""
    return Q(**{field: key}) if key[0].isalpha() else Q(**{f"{field}__endswith": key})


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for who prepares, released cases for who attends, secret ones only for who may read them."""
        mine = Q(body__in=user.rights.drafts) | Q(body__in=user.rights.reads, released_at__isnull=False)
        kept = Q(is_secret=False) | Q(body__in=user.rights.secret) | Q(owner=user)
        return self.filter(mine, kept)

    def matching(self, text):
        """Cases with this number, however it is written, or these words in their title."""
        key = number_key(text)
        words = Q()
        for word in text.split():
            words &= Q(title__icontains=word)
        by_number = Q(number__icontains=text) | (numbered(key, "number_key") if key else Q())
        return self.filter(by_number | words)

    def for_list(self):
        return self.select_related("body__municipality", "owner").order_by("-opened_on", "-pk")


class Case(models.Model):
    """A case (ärende) in the register. Never an individual's: those stay in the social-services system."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Origin(models.TextChoices):
        YEARLY = "yearly", _("The year's plan")
        REFERRAL = "referral", _("Referral")
        AUDIT = "audit", pgettext_lazy("origin", "Audit")
        MEMBER = "member", _("A member's initiative")
        ASSIGNMENT = "assignment", _("Assignment")
        OWN = "own", _("The department")
        OTHER = "other", _("Other")

    WORKFLOW = Workflow(
        Step(
            "close",
            _("Close the case"),
            sources=frozenset({Status.OPEN}),
            target=Status.CLOSED,
            permission="register.change_case",
            told=pgettext_lazy("history", "Closed the case"),
        ),
        Step(
            "reopen",
            _("Open the case again"),
            sources=frozenset({Status.CLOSED}),
            target=Status.OPEN,
            permission="register.change_case",
            told=pgettext_lazy("history", "Opened the case again"),
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="cases", verbose_name=_("body"))
    number = models.CharField(_("registry number"), max_length=40)
    number_key = models.CharField(max_length=40, editable=False)
    title = models.CharField(_("title"), max_length=300)
    opened_on = models.DateField(_("opened"))
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.OWN)
    sender = models.CharField(_("sender"), max_length=200, blank=True)
    sender_number = models.CharField(_("the sender's number"), max_length=60, blank=True)
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    extended_to = models.DateField(_("extension until"), null=True, blank=True)
    is_collective = models.BooleanField(
        _("collective case"), default=False, help_text=_("One number for the whole year.")
    )
    classification = models.CharField(_("classification code"), max_length=20, blank=True)
    is_secret = models.BooleanField(_("secret"), default=False)
    secrecy_ground = models.CharField(_("ground of secrecy"), max_length=100, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name=_("case officer"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    # When the members were first called to a meeting that deals with it.
    released_at = models.DateTimeField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        constraints = [
            models.UniqueConstraint("body", "number_key", name="case_number_once"),
            models.CheckConstraint(name="case_status_known", condition=Q(status__in=["open", "closed"])),
            models.CheckConstraint(
                name="case_secret_has_ground", condition=Q(is_secret=False) | ~Q(secrecy_ground="")
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("register:case-detail", args=[self.pk])

    @property
    def due_on(self):
        """When the answer is due, extension included."""
        return self.extended_to or self.answer_due_on
