import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.register.models.cases import Case, of_number, titled
from committee.models import Person
from core.history import recorded
from reports.annexes.verdict import Reason, Verdict

SOON = timedelta(minutes=2)  # within which a file is examined when all is well


def stored_as(attachment, filename):
    """Return where a file is kept: under a name of ours, so that nobody's file name becomes a path."""
    return f"attachments/{attachment.case_id}/{uuid.uuid4().hex}.{attachment.kind}"


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
        mine = Q(case__body__in=user.rights.drafts) | Q(released_at__isnull=False)
        kept = Q(is_secret=False) | Q(case__body__in=user.rights.secret) | Q(uploaded_by=user)
        return self.filter(Exists(cases), mine & kept)

    def matching(self, text):
        """Files of a case with this number, however it is written, or with these words in their title."""
        return self.filter(of_number(text, "case__") | titled(text))

    def for_list(self):
        return self.select_related("uploaded_by", "case").order_by("-dated_on", "-pk")


class Attachment(models.Model):
    """A file that came with a case: PDF, Word, Excel or PowerPoint, told by its content."""

    class Kind(models.TextChoices):
        """By the ending that its name gets; how it is called is the same in all languages."""

        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        EXCEL = "xlsx", "Excel"
        POWERPOINT = "pptx", "PowerPoint"

    class Scan(models.TextChoices):
        WAITING = "waiting", _("Being read")
        CLEAN = "clean", _("No personal numbers found")
        FOUND = "found", _("Personal number found")
        UNREADABLE = "unreadable", _("The text cannot be read")

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    title = models.CharField(_("title"), max_length=300)
    dated_on = models.DateField(_("date"))
    file = models.FileField(_("file"), upload_to=stored_as)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.PDF, editable=False)
    pages = models.PositiveIntegerField(null=True)  # None where nobody can tell: not a PDF, locked, damaged
    is_secret = models.BooleanField(_("secret"), default=False)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.WAITING)
    # How it goes with the papers; nothing until it has been judged.
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True, editable=False)
    verdict_reason = models.CharField(max_length=10, choices=Reason, blank=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        constraints = [models.UniqueConstraint("case", "sha256", name="attachment_once_per_case")]
        triggers = [recorded()]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("register:attachment-file", args=[self.pk])

    @property
    def mime(self):
        return MIME_TYPES[self.kind]

    @property
    def download_name(self):
        """Return what the file is called where somebody saves it: its title, with the right ending."""
        return f"{self.title}.{self.kind}"

    @property
    def is_office(self):
        return self.kind != self.Kind.PDF

    @property
    def is_awaited(self):
        """Whether the file is being examined just now."""
        is_examined = self.verdict and self.scan != self.Scan.WAITING
        return not is_examined and self.uploaded_at > timezone.now() - SOON

    @property
    def advice(self):
        """Return what would make the file go better with the papers, if anything would."""
        return Reason(self.verdict_reason).advice

    @property
    def is_under_secrecy(self):
        """Whether it is secret, in itself or by its case."""
        return self.is_secret or self.case.is_secret


OPEN_XML = "application/vnd.openxmlformats-officedocument"
MIME_TYPES = {
    Attachment.Kind.PDF: "application/pdf",
    Attachment.Kind.WORD: f"{OPEN_XML}.wordprocessingml.document",
    Attachment.Kind.EXCEL: f"{OPEN_XML}.spreadsheetml.sheet",
    Attachment.Kind.POWERPOINT: f"{OPEN_XML}.presentationml.presentation",
}
