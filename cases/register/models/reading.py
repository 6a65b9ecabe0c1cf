"""What of a document is read together: with its own row, and of its content."""

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, prefetch_related_objects

from committee.models import in_few_words
from core import together


def content_lookups():
    """What is read of a document that is not frozen.

    Documents about the same period get the same row of it, on which what is told of it is read once for all.
    """
    return [sections_lookup(), Prefetch("recipients"), basis_lookup(), Prefetch("subject")]


def sections_lookup():
    """A document's sections, each with who writes it, in one query."""
    sections = _rows("Section").select_related("responsible")
    return Prefetch("sections", sections)


def short_rows():
    """What a document says in few words, read with its own row: who signs and who writes it, what it proposes."""
    signers = _rows("Signer").filter(document=OuterRef("pk")).order_by("position", "pk")
    proposals = _rows("Proposal").filter(document=OuterRef("pk"))
    clauses = (
        _rows("Clause")
        .order_by("position")
        .filter(proposal__document=OuterRef("pk"), proposal__made_by="department")
    )
    return {
        "signed": ArraySubquery(signers.values(json=in_few_words("person"))),
        "proposal_keys": ArraySubquery(proposals.order_by("pk").values("pk")),
        "proposed": ArraySubquery(clauses.values("text")),
        "writers": writers(),
    }


def writers():
    """The keys of those who have a section in a document."""
    sections = _rows("Section").filter(document=OuterRef("pk")).exclude(responsible=None)
    return ArraySubquery(sections.order_by("pk").values("responsible"))


def basis_lookup():
    """What documents rest on, in one query: titles, dates, and whether it is secret today."""
    basis = _rows("DecisionBasis").select_related(
        "basis_document__template", "basis_document__case", "attachment__case"
    )
    return Prefetch("basis", basis)


def load_content(documents):
    """Read, of documents loaded `for_reading`, what composing them reads.

    Of those that are frozen only what they rest on: it may have become secret since.
    """
    prefetch_related_objects([one for one in documents if one.is_frozen], basis_lookup())
    together.prefetch([one for one in documents if not one.is_frozen], *content_lookups())


def load_sections(document):
    """Read of a document loaded `for_reading` what is written on a report's page; what is around it comes later."""
    prefetch_related_objects([document], sections_lookup())


def _rows(name):
    """Return the rows of a model that itself points at documents, and so can not be imported by what they import."""
    return apps.get_model("register", name).objects
