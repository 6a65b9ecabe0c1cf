from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.register.models.cases import Case, of_number, titled
from cases.register.models.reading import content_lookups, short_rows, writers
from cases.register.models.templates import DocumentTemplate
from cases.register.numbering import number_key
from committee.models import Meeting, MeetingDeadline, Person, in_few_words
from core import formats
from core.forms import ReasonForm
from core.history import locked, recorded
from core.models import StepTaken
from core.workflow import Step, Workflow
from reports.audiences import READS_SECRET


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A document is seen with its case, and members see it only when it is approved and released.

        It is never less secret than the case, or than what is said of itself.
        """
        cases = Case.objects.visible_to(user).filter(documents=OuterRef("pk"))
        ready = Q(status=Document.Status.APPROVED, released_at__isnull=False)
        mine = Q(case__body__in=user.rights.drafts) | ready
        kept = Q(is_secret=False) | Q(case__body__in=user.rights.secret) | Q(author=user)
        # Its own case too: it may be met through another that it serves.
        cases_kept = Q(case__is_secret=False) | Q(case__body__in=user.rights.secret) | Q(case__owner=user)
        return self.filter(Exists(cases), mine & kept & cases_kept)

    def visible_for(self, audience):
        """What may stand in a paper for the audience: of drafts and secrets nothing but for who prepares."""
        if audience in READS_SECRET:
            return self
        return self.filter(status=Document.Status.APPROVED, is_secret=False, case__is_secret=False)

    def matching(self, text):
        """Documents of a case with this number, however it is written, or with these words in their title.

        Also of one that they serve without bearing its number; but not of a secret one, which nobody learns of so.
        """
        served = CaseDocument.objects.filter(of_number(text, "case__"), case__is_secret=False)
        return self.filter(of_number(text, "case__") | Q(pk__in=served.values("document")) | titled(text))

    def named(self, number, kind=""):
        """The document that `NUMBER [KIND]` names: of the case, the latest edition of that kind.

        Without a kind it is the one in which the decision is proposed, where there is one.
        """
        documents = self.filter(case__number_key=number_key(number))
        proposing = self.model.objects.filter(pk=OuterRef("pk"), proposals__isnull=False)
        of_kind = documents.filter(template__kind=kind) if kind else documents
        found = of_kind.order_by(Exists(proposing).desc(), "-edition", "pk").first()
        if found is None:
            kinds = ", ".join(sorted(set(documents.values_list("template__kind", flat=True))))
            raise self.model.DoesNotExist(f"{number} has {kinds}" if kinds else f"{number} has no document")
        return found

    def for_list(self):
        return self.select_related("template", "author", "case__body__municipality").order_by(
            "-dated_on", "pk"
        )

    def for_desk(self):
        """A list's row, with the day on which the papers of its meeting have to be finished."""
        stops = MeetingDeadline.objects.filter(meeting=OuterRef("meeting"), kind="manuscript")
        return (
            self.for_list()
            .select_related("meeting", "case")
            .annotate(papers_due_on=Subquery(stops.values("due_on")[:1]))
        )

    def for_asking(self):
        """A document with what its permissions look at."""
        return self.select_related("template", "case").annotate(writers=writers())

    def for_reading(self):
        """A document with what stands around it, in one query; of an approved one this is nearly all."""
        return self.select_related(
            "template", "author", "case__body__municipality", "case__owner", "meeting__body", "frozen__by"
        ).annotate(**short_rows())

    def with_last_step(self):
        """The step that was taken last, by whom, and the reason that was given with it."""
        taken = StepTaken.objects.filter(
            subject_type=ContentType.objects.get_for_model(Document), subject_id=OuterRef("pk")
        ).order_by("-at", "-pk")
        return self.annotate(
            last_step=Subquery(taken.values("step")[:1]),
            last_by=Subquery(
                taken.annotate(name=Concat("by__first_name", Value(" "), "by__last_name")).values("name")[:1]
            ),
            last_reason=Subquery(
                taken.annotate(reason=KeyTextTransform("reason", "data")).values("reason")[:1]
            ),
        )

    def with_content(self):
        """Everything that composing a document anew reads, in a fixed number of queries."""
        return self.for_reading().prefetch_related(*content_lookups())


MOST_NAMED = 4  # sections in a message


def unfinished(document):
    """Say which sections of a report nobody has marked as done; empty when it may go on."""
    left = [section.heading for section in document.sections.to_finish()]
    if not left:
        return ""
    named = formats.and_list(left if len(left) <= MOST_NAMED else [*left[: MOST_NAMED - 1], "…"])
    return ngettext(
        "A section is not marked as done: %(left)s.",
        "%(number)s sections are not marked as done: %(left)s.",
        len(left),
    ) % {"number": len(left), "left": named}


class Document(models.Model):
    """A paper made of sections: tjänsteskrivelse, yttrande, plan, report. What it may hold is its template's."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        READY = "ready", _("Ready for approval")
        APPROVED = "approved", _("Approved")

    WORKFLOW = Workflow(
        Step(
            "finish",
            _("Ready"),
            sources=frozenset({Status.DRAFT}),
            target=Status.READY,
            permission="register.change_document",
            help=_("The head of department is asked to approve."),
            hindrance=unfinished,
            told=pgettext_lazy("history", "Marked as ready"),
        ),
        Step(
            "send_back",
            _("Send back"),
            sources=frozenset({Status.READY}),
            target=Status.DRAFT,
            permission="register.approve_document",
            form=ReasonForm,
            told=pgettext_lazy("history", "Sent back"),
            said=_("Sent back to {subject.author}."),
        ),
        Step(
            "take_back",
            _("Take back"),
            sources=frozenset({Status.READY}),
            target=Status.DRAFT,
            permission="register.write_document",
            told=pgettext_lazy("history", "Took back"),
        ),
        Step(
            "approve",
            _("Approve"),
            sources=frozenset({Status.READY}),
            target=Status.APPROVED,
            permission="register.approve_document",
            help=_("Text and figures are frozen; later changes need a new edition."),
            told=pgettext_lazy("history", "Approved"),
        ),
    )

    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="documents")
    # The case whose number it carries; it may serve others too, see CaseDocument.
    case = models.ForeignKey(Case, models.PROTECT, related_name="own_documents", verbose_name=_("case"))
    cases = models.ManyToManyField(Case, through="CaseDocument", related_name="documents")
    title = models.CharField(_("title"), max_length=300)
    author = models.ForeignKey(Person, models.PROTECT, related_name="documents", verbose_name=_("author"))
    dated_on = models.DateField(_("date"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("written for"),
    )
    # What its blocks and figures are about: a period, a plan, a round …
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    is_secret = models.BooleanField(_("secret"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    released_at = models.DateTimeField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.CheckConstraint(
                name="document_status_known", condition=Q(status__in=["draft", "ready", "approved"])
            ),
        ]
        triggers = [
            recorded(),
            locked(
                "approved_stays",
                # Only that it was released to members may be noted afterwards.
                "OLD.status = 'approved' AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - 'released_at' "
                "IS DISTINCT FROM to_jsonb(OLD) - 'released_at')",
                "an approved document is not changed: make a new edition",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("register:document-detail", args=[self.pk])

    @property
    def with_kind(self):
        """What tells it from another document with its title: `Tjänsteskrivelse – Internkontrollplan`."""
        return f"{self.template.name} – {self.title}"

    # What `for_reading` brings along; read on its own where a document was loaded otherwise.

    @cached_property
    def signed(self):
        return list(self.signers.values_list(in_few_words("person"), flat=True))

    @cached_property
    def proposal_keys(self):
        return list(self.proposals.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def proposed(self):
        """The clauses that the department proposes."""
        made = self.proposals.filter(made_by="department").first()
        return [clause.text for clause in made.own_clauses] if made else []

    @cached_property
    def writers(self):
        """The keys of those who have a section in it."""
        return list(self.sections.exclude(responsible=None).values_list("responsible", flat=True))

    @property
    def signed_by(self):
        """The people who answer for it, with their titles."""
        return [Person(**words) for words in self.signed]

    @property
    def is_under_secrecy(self):
        """Whether it is secret, in itself or by its case."""
        return self.is_secret or self.case.is_secret

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_approved(self):
        return self.status == self.Status.APPROVED

    @property
    def is_frozen(self):
        return self.is_approved and hasattr(self, "frozen")


class CaseDocument(models.Model):
    """A document serves a case."""

    case = models.ForeignKey(Case, models.PROTECT)
    document = models.ForeignKey(Document, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint("case", "document", name="case_document_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.case} – {self.document}"
