from cases.register.models.actions import Action
from cases.register.models.attachments import Attachment
from cases.register.models.cases import Case, NumberCounter
from cases.register.models.documents import CaseDocument, Document
from cases.register.models.facts import Fact
from cases.register.models.papers import DecisionBasis, Recipient, Signer
from cases.register.models.proposals import Clause, Proposal
from cases.register.models.reading import basis_lookup, load_content, load_sections
from cases.register.models.sections import Frozen, Section, SectionDraft
from cases.register.models.templates import DocumentTemplate, TemplateSection

__all__ = [
    "Action",
    "Attachment",
    "Case",
    "CaseDocument",
    "Clause",
    "DecisionBasis",
    "Document",
    "DocumentTemplate",
    "Fact",
    "Frozen",
    "NumberCounter",
    "Proposal",
    "Recipient",
    "Section",
    "SectionDraft",
    "Signer",
    "TemplateSection",
    "basis_lookup",
    "load_content",
    "load_sections",
]
