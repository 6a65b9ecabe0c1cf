"""Files that come with a case: judged by their content, not by their name."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO, cast

import pikepdf
import pypdf
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pypdf.errors import PyPdfError

from cases.register.models import Attachment, Case
from committee.models import Person
from core import jobs, personal_numbers
from core.services import service
from reports.services import withhold

MOST_BYTES = 100 * 1024 * 1024
MAGIC = b"%PDF-"


class NotAcceptable(ValueError):
    """The file cannot be attached; the message says why and what to do."""


@service
def attach(
    case: Case, upload: UploadedFile, *, title: str, dated_on: date, by: Person, is_secret: bool = False
) -> Attachment:
    """Attach a PDF to a case and have its text read for personal numbers in the background.

    Raises NotAcceptable for what is no readable PDF, too big, or already there.
    """
    pages = _pages(upload)
    attachment = Attachment(
        case=case,
        title=title,
        dated_on=dated_on,
        filename=(upload.name or "")[:200],
        sha256=_digest(upload),
        size=upload.size or 0,
        pages=pages,
        is_secret=is_secret,
        uploaded_by=by,
    )
    upload.seek(0)
    try:
        with transaction.atomic():
            attachment.file.save("attachment.pdf", upload, save=False)
            attachment.save()
    except IntegrityError:
        attachment.file.delete(save=False)
        raise NotAcceptable(_("This very file is already attached to the case.")) from None
    jobs.start(
        "register.scan_attachment",
        by=by,
        title=_("Reading %s") % title,
        key=f"scan:{attachment.pk}",
        is_shown=False,
        attachment_id=attachment.pk,
    )
    return attachment


@service
def change_attachment(attachment: Attachment, *, by: Person, **fields: Any) -> Attachment:
    """Change what is said of a file. What named it before it became secret is handed out no more."""
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if fields.get("is_secret") and not attachment.is_secret:
        withhold(attachment, by=by)
    for name, value in fields.items():
        setattr(attachment, name, value)
    attachment.save(update_fields=list(fields))
    return attachment


def _pages(upload: UploadedFile) -> int:
    """Return the number of pages; raises NotAcceptable for what is no PDF that can be opened."""
    if (upload.size or 0) > MOST_BYTES:
        raise NotAcceptable(_("The file is larger than 100 MB. Divide it, or save it with smaller images."))
    upload.seek(0)
    if MAGIC not in upload.read(1024):
        raise NotAcceptable(
            _("“%s” is not a PDF, whatever its name says. Save it as PDF and choose that file.") % upload.name
        )
    upload.seek(0)
    try:
        with pikepdf.open(cast(BinaryIO, upload)) as pdf:
            return len(pdf.pages)
    except pikepdf.PasswordError:
        raise NotAcceptable(_("The file is protected by a password. Save it without one.")) from None
    except pikepdf.PdfError:
        raise NotAcceptable(_("The file is damaged and cannot be opened. Save it as PDF anew.")) from None


def _digest(upload: UploadedFile) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def scan(attachment: Attachment) -> Attachment:
    """Read a file's text for personal numbers and keep the verdict."""
    with attachment.file.open("rb") as file:
        attachment.scan = _verdict(file.read())
    attachment.save(update_fields=["scan"])
    return attachment


def _verdict(content: bytes) -> str:
    try:
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(_opened(content)).pages)
    except (PyPdfError, pikepdf.PdfError):
        return Attachment.Scan.UNREADABLE
    if not text.strip():
        return Attachment.Scan.UNREADABLE
    return Attachment.Scan.FOUND if any(personal_numbers.find(text)) else Attachment.Scan.CLEAN


def _opened(content: bytes) -> BytesIO:
    """Return the file without the lock that some put on changing it: with that, its text cannot be read."""
    opened = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(opened, encryption=False)
    return opened
