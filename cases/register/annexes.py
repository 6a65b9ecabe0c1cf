"""Attached files as annexes of papers."""

from functools import partial
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from cases.register.models import Attachment
from committee.furniture import furniture
from core import formats
from core.naming import key_of
from reports.annexes.pieces import Annex, pieces_of
from reports.annexes.verdict import Reason, Verdict
from reports.composing import Part, annex_of


@annex_of("register.Attachment")
def annex_of_attachment(key: int) -> Annex:
    return annex(Attachment.objects.get(pk=key))


def annex(attachment: Attachment) -> Annex:
    """Return an attached file, which has been judged, as an annex of other papers."""
    return Annex(
        title=attachment.title,
        filename=attachment.download_name,
        mime=attachment.mime,
        sha256=attachment.sha256,
        size=attachment.size,
        verdict=Verdict(attachment.verdict),
        reason=Reason(attachment.verdict_reason),
        open=partial(opened, str(attachment.file.name)),
        pages=attachment.pages,
        dated=attachment.dated_on,
    )


def opened(name: str) -> BinaryIO:
    """Open a stored file as those want it who read PDF: the file itself, not what Django wraps it in."""
    return default_storage.open_piecemeal(name)


def annex_parts(attachment: Attachment, *, key: str, level: int) -> list[Part]:
    """Return the parts that an attached file becomes; a page that says so before it has been judged."""
    if not attachment.verdict:
        return [
            Part(
                key=key,
                title=attachment.title,
                template="register/print/annex_waiting.html",
                data={"title": attachment.title},
                furniture=annex_furniture(attachment),
                level=level,
            )
        ]
    return [
        Part(
            key=f"{key}{piece.suffix}",
            title=piece.title,
            template=piece.template,
            data=piece.data or {},
            furniture=annex_furniture(attachment),
            level=piece.level,
            annex=key_of(attachment),
            piece=piece,
        )
        for piece in pieces_of(annex(attachment), level=level)
    ]


def annex_furniture(attachment: Attachment) -> dict[str, Any]:
    case = attachment.case
    return furniture(
        case.body,
        label=_("ANNEX"),
        date=formats.iso(attachment.dated_on),
        code="",
        number=case.number,
        author="",
    )
