"""The generated sections of a document: proposal, basis, signers, recipients."""

from django.utils.translation import gettext_lazy as _

from cases.register.plans import FOLLOWS_UP, PLANS, actions_of, plan_before
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
    return {"rows": [{"name": str(person), "title": person.title} for person in document.signed_by]}


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


@block(
    PLANS, subject="register.Document", template="register/blocks/action_plan.html", label=_("Action plan")
)
def action_plan(document, options, audience):
    """What the plan promises, by theme: activity, responsible and day."""
    return {"rows": [_promised(action) for action in actions_of(document)]}


@block(
    FOLLOWS_UP,
    subject="register.Document",
    template="register/blocks/action_follow_up.html",
    label=_("Follow-up of the plan before"),
)
def action_follow_up(document, options, audience):
    """What the plan before promised, whether it was done, and why not where it was not."""
    before = plan_before(document)
    rows = [
        _promised(action) | {"status": action.status, "reason": action.reason, "follow_up": action.follow_up}
        for action in actions_of(before)
    ]
    return {"of": before.title if before and rows else "", "rows": rows}


def _promised(action):
    return {
        "theme": action.theme,
        "title": action.title,
        "responsible": action.responsible.with_title,
        "due_on": formats.iso(action.due_on) if action.due_on else "",
    }
