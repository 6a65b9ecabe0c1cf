"""The generated sections of a document: proposal, basis, signers, recipients."""

from django.utils.translation import gettext_lazy as _

from core import formats
from core.blocks import block


@block(
    "register.proposal",
    subject="register.Document",
    template="register/blocks/proposal.html",
    label=_("Proposal"),
)
def proposal(document, options, audience):
    """The department's proposal, clause by clause, with the words that lead into it."""
    return proposal_data(document.proposed, document.case.body) if document.proposal_keys else {"clauses": []}


def proposal_data(clauses, body):
    """Return a proposal's clauses and the words before them."""
    return {"opening": _("%s decides") % body, "clauses": list(clauses)}


@block(
    "register.basis",
    subject="register.Document",
    template="register/blocks/basis.html",
    label=_("Decision basis"),
)
def basis(document, options, audience):
    """What the decision rests on, with the documents' own titles and dates."""
    return {
        "rows": [
            {"title": row.title, "dated_on": formats.iso(row.dated_on), "is_secret": row.is_secret}
            for row in document.basis.all()
        ]
    }


@block(
    "register.signers",
    subject="register.Document",
    template="register/blocks/signers.html",
    label=_("Approved by"),
)
def signers(document, options, audience):
    """Who answers for the document: names and titles."""
    return {
        "rows": [
            {"name": f"{one['first']} {one['last']}", "title": one["title"]} for one in document.signed_by
        ]
    }


@block(
    "register.recipients",
    subject="register.Document",
    template="register/blocks/recipients.html",
    label=_("Recipients"),
)
def recipients(document, options, audience):
    """Who gets the decision, those who are to act first."""
    rows = sorted(document.recipients.all(), key=lambda row: (row.purpose, row.position))
    return {
        "rows": [
            {"name": row.name, "purpose": row.purpose, "purpose_label": row.get_purpose_display()}
            for row in rows
        ]
    }
