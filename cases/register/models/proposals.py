from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.register.models.cases import Case
from cases.register.models.documents import Document
from cases.register.models.sections import stays_when_approved
from core.history import recorded

ITS_PROPOSALS_DOCUMENTS = (
    "SELECT 1 FROM register_proposal p JOIN register_document d ON d.id = p.document_id"
    " WHERE p.id IN (OLD.proposal_id, NEW.proposal_id)"
)


class Proposal(models.Model):
    """What somebody proposes that the committee decides.

    One that follows another shares its clauses until somebody edits them; then both print.
    """

    class By(models.TextChoices):
        DEPARTMENT = "department", _("the department")
        SUBCOMMITTEE = "subcommittee", _("the subcommittee")
        CHAIR = "chair", _("the chair")
        MEMBER = "member", _("a member")

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="proposals")
    made_by = models.CharField(_("by"), max_length=12, choices=By)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")

    class Meta:
        verbose_name = _("proposal")
        constraints = [
            models.UniqueConstraint(
                "document", name="proposal_one_of_department", condition=Q(made_by="department")
            )
        ]
        triggers = [recorded(), stays_when_approved()]

    def __str__(self):
        return f"{self.case} – {self.get_made_by_display()}"

    @property
    def own_clauses(self):
        return list(self.clauses.all())

    @property
    def shares_clauses(self):
        return self.follows_id is not None and not self.own_clauses

    @property
    def effective_clauses(self):
        """The clauses that it stands for: its own, else those of the proposal it follows."""
        return self.follows.effective_clauses if self.shares_clauses else self.own_clauses


class Clause(models.Model):
    """One sentence of a proposal (att-sats)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("clause"))

    class Meta:
        verbose_name = _("clause")
        ordering = ["position"]
        constraints = [models.UniqueConstraint("proposal", "position", name="clause_position_once")]
        triggers = [recorded(), stays_when_approved(ITS_PROPOSALS_DOCUMENTS)]

    def __str__(self):
        return self.text
