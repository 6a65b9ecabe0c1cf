"""What stands around a document's text."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.register.models import Attachment, DecisionBasis, Document, Recipient, Signer
from committee.models import Meeting, Person
from core.services import service
from core.workflow import StepNotAllowed
from reports.services import withhold


@service
def set_around(
    document: Document,
    *,
    title: str,
    dated_on: date,
    meeting: Meeting | None,
    basis: Iterable[Document | Attachment],
    outside: Iterable[Mapping[str, Any]],
    signers: Iterable[Person],
    recipients: Iterable[Mapping[str, Any]],
    is_secret: bool = False,
    by: Person,
) -> None:
    """Say anew what a document is called, what it rests on, who answers for it and who gets the decision.

    `outside` has outside_title and outside_date; `recipients` name, kind and purpose. Raises
    StepNotAllowed when the document is no longer a draft.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not document.is_draft:
        raise StepNotAllowed
    _become_secret(document, is_secret, by)
    _describe(document, title=title, dated_on=dated_on, meeting=meeting)
    _set_basis(document, [*basis], [*outside])
    document.signers.all().delete()
    Signer.objects.bulk_create(
        Signer(document=document, person=person, position=position) for position, person in enumerate(signers)
    )
    document.recipients.all().delete()
    Recipient.objects.bulk_create(
        Recipient(document=document, position=position, **row) for position, row in enumerate(recipients)
    )


@service
def describe(document: Document, *, title: str, dated_on: date, meeting: Meeting | None, by: Person) -> None:
    """Say anew what a draft is called, its date and the meeting it is written for."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not document.is_draft:
        raise StepNotAllowed
    _describe(document, title=title, dated_on=dated_on, meeting=meeting)


def _become_secret(document: Document, is_secret: bool, by: Person) -> None:
    """Set whether a draft is secret. What told of it before it became so is handed out no more."""
    if is_secret and not document.is_secret:
        withhold(document, by=by)
    document.is_secret = is_secret
    document.save(update_fields=["is_secret"])


def _describe(document: Document, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(document, name, value)
    document.save(update_fields=list(fields))


def _set_basis(
    document: Document, ours: list[Document | Attachment], outside: list[Mapping[str, Any]]
) -> None:
    rows = [
        DecisionBasis(
            document=document,
            basis_document=thing if isinstance(thing, Document) else None,
            attachment=thing if isinstance(thing, Attachment) else None,
        )
        for thing in ours
    ]
    rows += [DecisionBasis(document=document, **row) for row in outside]
    for position, row in enumerate(rows):
        row.position = position
    document.basis.all().delete()
    DecisionBasis.objects.bulk_create(rows)
