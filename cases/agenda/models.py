from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.register.models import Attachment, Case, Document, Proposal
from committee.models import Meeting, Person, in_few_words
from core.history import locked, recorded
from core.richtext.fields import RichTextField
from reports.audiences import READS_SECRET

# An item is secret in itself, or by the case it is in.
SECRET = Q(is_secret=True) | Q(case__is_secret=True)


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items of meetings that the user may read: planned ones only for who prepares, secret ones
        only for who may read what is secret.
        """
        open_to_me = Q(meeting__body__in=user.rights.drafts) | Q(
            meeting__body__in=user.rights.reads, meeting__status__in=Meeting.OPEN_TO_MEMBERS
        )
        kept = ~SECRET | Q(meeting__body__in=user.rights.secret)
        return self.filter(open_to_me, kept)

    def visible_for(self, audience):
        return self if audience in READS_SECRET else self.exclude(SECRET)

    def in_order(self):
        """In the order of the agenda. Secret items stand last, so that no number tells of them; the numbers that the
        summons gave are kept, whatever becomes secret after it.
        """
        last = models.Case(models.When(SECRET, then=1), default=0)
        return self.order_by(models.F("number").asc(nulls_last=True), last, "position", "pk")

    def for_agenda(self):
        """Everything a row of the agenda shows."""
        papers = ItemPaper.objects.select_related(
            "document__template", "document__case", "attachment__case__body__municipality"
        )
        return (
            self.in_order()
            .select_related("case", "document__template", "proposal")
            .prefetch_related(models.Prefetch("papers", papers))
        )

    def for_contents(self):
        """What a list of the items shows."""
        return self.in_order().only("title", "number", "is_secret", "position", "meeting", "withdrawn_at")

    def for_sheets(self):
        """Everything that an item's sheet shows beside: who presents it, and the chair's clauses."""
        presenters = self.model.presenters.through.objects.filter(agendaitem=OuterRef("pk"))
        by_name = [f"person__{field}" for field in Person._meta.ordering]
        words = in_few_words("person")
        return (
            self.for_agenda()
            .prefetch_related("proposal__clauses")
            .annotate(presented=ArraySubquery(presenters.order_by(*by_name).values(json=words)))
        )


class AgendaItem(models.Model):
    """An item (punkt) on a meeting's agenda. Two items may share a case.

    An individual's case is on the agenda by a neutral title and an outside reference only.
    """

    class Kind(models.TextChoices):
        INFORMATION = "information", _("information")
        DECISION = "decision", _("decision")
        REPORTED = "reported", _("reported")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(_("order"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)  # fixed by the call
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DECISION)
    title = models.CharField(_("title"), max_length=300)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("case")
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("document"),
        help_text=_("The officer's report that the item rests on."),
    )
    proposal = models.OneToOneField(
        Proposal,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="item",
        verbose_name=_("the chair's proposal"),
    )
    text = RichTextField(_("text"), blank=True)
    presenters = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("presented by"))
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("duration", "minutes"), null=True, blank=True)
    papers_later = models.BooleanField(_("papers are sent later"), default=False)
    is_secret = models.BooleanField(_("individual case, secret"), default=False)
    outside_reference = models.CharField(_("reference in the other system"), max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        constraints = [
            models.UniqueConstraint("meeting", "number", name="item_number_once"),
            models.CheckConstraint(
                name="item_secret_holds_nothing",
                condition=Q(is_secret=False)
                | Q(case=None, document=None, proposal=None, text="") & ~Q(outside_reference=""),
            ),
        ]
        triggers = [
            recorded(),
            locked(
                "number_stays",
                "OLD.number IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.number IS DISTINCT FROM OLD.number)",
                "an item that was called to keeps its number",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agenda:item-detail", args=[self.pk])

    def clean(self):
        """Refuse a document that belongs to another case than the item's."""
        document, case = self.document, self.case
        if document and case and not document.cases.filter(pk=case.pk).exists():
            wrong = gettext(
                "The document belongs to another case (%s). Choose that case, or a document of this one."
            )
            raise ValidationError({"document": wrong % document.case.number})

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def presented_by(self):
        """Who presents it, as `Anna Ek, enhetschef`; of an item loaded `for_sheets`."""
        return [Person(**words).with_title for words in self.presented]


class ItemPaper(models.Model):
    """A paper that goes with an item beside its document: an annex of ours, or a file."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_is_one_thing",
                condition=Q(document__isnull=False, attachment__isnull=True)
                | Q(document__isnull=True, attachment__isnull=False),
            )
        ]
        triggers = [recorded()]

    def __str__(self):
        return str(self.document or self.attachment)


class Summons(models.Model):
    """The kallelse: what was called to, when and by whom. Its edition is a letter: A, then B …"""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="summonses")
    edition = models.CharField(max_length=2, default="A")
    called_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "edition", name="summons_edition_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.meeting} {self.edition}"


class SummonsRecipient(models.Model):
    """Somebody who was called, and whether the mail went out."""

    summons = models.ForeignKey(Summons, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("summons", "person", name="summons_recipient_once")]

    def __str__(self):
        return str(self.person)
