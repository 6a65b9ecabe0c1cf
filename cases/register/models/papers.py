"""What stands around a document's text: what it rests on, who answers for it, who gets it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.register.models.attachments import Attachment
from cases.register.models.documents import Document
from cases.register.models.sections import stays_when_approved
from committee.models import Body, Person
from core.history import recorded


class DecisionBasis(models.Model):
    """What a decision rests on: a document or a file of ours, whose title and date are taken, or one from outside."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="basis")
    position = models.PositiveSmallIntegerField(default=0)
    basis_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="basis_of", verbose_name=_("document")
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="basis_of", verbose_name=_("file")
    )
    outside_title = models.CharField(_("title"), max_length=300, blank=True)
    outside_date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="basis_is_one_thing",
                condition=Q(basis_document__isnull=False, attachment__isnull=True, outside_title="")
                | Q(basis_document__isnull=True, attachment__isnull=False, outside_title="")
                | (Q(basis_document__isnull=True, attachment__isnull=True) & ~Q(outside_title="")),
            )
        ]
        triggers = [recorded(), stays_when_approved()]

    def __str__(self):
        return self.title

    @property
    def thing(self):
        """What it is of ours, or None when it is from outside."""
        return self.basis_document or self.attachment

    @property
    def title(self):
        if self.basis_document:
            return self.basis_document.with_kind
        return self.attachment.title if self.attachment else self.outside_title

    @property
    def is_secret(self):
        """Whether it is secret today, in itself or by its case."""
        return bool(self.thing and self.thing.is_under_secrecy)

    @property
    def dated_on(self):
        if self.basis_document:
            return self.basis_document.dated_on
        return self.attachment.dated_on if self.attachment else self.outside_date


class Signer(models.Model):
    """Somebody who answers for a document in print (fastställd av)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="signers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("document", "person", name="signer_once")]
        triggers = [recorded(), stays_when_approved()]

    def __str__(self):
        return self.person.with_title


class Recipient(models.Model):
    """Who gets the decision, and whether to act on it or to know of it."""

    class Kind(models.TextChoices):
        BODY = "body", _("body")
        MAILBOX = "mailbox", _("function mailbox")
        AUTHORITY = "authority", _("authority")

    class Purpose(models.TextChoices):
        ACTION = "action", _("for action")
        INFORMATION = "information", _("for information")

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("recipient"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BODY)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.INFORMATION)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("document", "name", name="recipient_once")]
        triggers = [recorded(), stays_when_approved()]

    def __str__(self):
        return self.name
