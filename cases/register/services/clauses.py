"""Wording what is proposed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.register.models import Clause, Proposal, Section
from cases.register.services.drafts import drop_clauses_draft, lock_draft, refuse_in_clauses
from committee.models import Person
from core.richtext.fields import refuse
from core.services import service

THAT = "att"  # every clause of a Swedish decision begins with it: “nämnden beslutar att …”


class ClausesChanged(Exception):
    """Somebody else has worded the proposal meanwhile."""

    def __init__(self, standing: Sequence[str]):
        self.standing = standing
        super().__init__(
            _(
                "Somebody else has worded the proposal meanwhile: “%s”. Your words are still here; save again to let them stand."
            )
            % "”, “".join(standing)
        )


@service
def word_clauses(
    proposal: Proposal, *, texts: Sequence[str], by: Person, seen: Sequence[str] | None = None
) -> Proposal:
    """Word a proposal's clauses. A proposal that shares another's gets its own when the words differ.

    A clause that does not begin with “att” gets it. Raises ClausesChanged when they are no longer
    those that the writer had `seen`, StepNotAllowed when the document they belong to is no longer a
    draft, PersonalNumberFound, and ValidationError for what no text may hold.
    """
    if proposal.document_id is not None:
        lock_draft(proposal.document_id)
        drop_clauses_draft(proposal.document_id, by)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    standing = [clause.text for clause in proposal.effective_clauses]
    # What stands is left as it stands: only what was typed is completed.
    typed = [text.strip() for text in texts]
    wanted = [text if text in standing else as_clause(text) for text in typed if as_clause(text)]
    if standing == wanted or wanted == seen:
        return proposal
    if seen is not None and standing != list(seen):
        raise ClausesChanged(standing)
    for text in wanted:
        _refuse_in_clause(text)
    proposal.clauses.all().delete()
    if proposal.follows and [clause.text for clause in proposal.follows.effective_clauses] == wanted:
        return proposal  # it says the same again, and shares the words
    Clause.objects.bulk_create(
        Clause(proposal=proposal, position=position, text=text) for position, text in enumerate(wanted, 1)
    )
    return proposal


def as_clause(typed: str) -> str:
    """Return what was typed as a clause: `Anta planen` becomes `att anta planen`. Empty when nothing was said."""
    first, _space, rest = typed.strip().partition(" ")
    if first.lower() == THAT or not first:
        return typed.strip() if rest.strip() else ""
    # A name in capitals, such as SN, keeps them.
    begun = first[0].lower() + first[1:] if first[1:].islower() else first
    return f"{THAT} {begun} {rest}".rstrip()


def _refuse_in_clause(text: str) -> None:
    refuse(text)
    refuse_in_clauses(Section(heading=_("Proposal")), [text])
