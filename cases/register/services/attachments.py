"""Files that come with a case: judged by their content, not by their name."""

import hashlib
import pickle
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.register.models import Attachment, Case
from cases.register.models.attachments import SOON
from cases.register.services.files import NotAcceptable, kind_of
from committee.models import Person
from core import jobs
from core.calling import call
from core.collisions import Seen, reconciled
from core.services import service
from reports.annexes.verdict import BROKEN, OFFICE, Judgement
from reports.pdf import apart
from reports.pdf.errors import RenderError
from reports.services import withhold


@service
def attach(
    case: Case, upload: UploadedFile, *, title: str, dated_on: date, by: Person, is_secret: bool = False
) -> Attachment:
    """Attach a file to a case; in the background its text is read for personal numbers, and it is judged.

    Raises NotAcceptable for what is no PDF, Word, Excel or PowerPoint file, too big, or already there.
    """
    kind = kind_of(upload)
    attachment = Attachment(
        case=case,
        title=title,
        dated_on=dated_on,
        filename=(upload.name or "")[:200],
        sha256=_digest(upload),
        size=upload.size or 0,
        kind=kind,
        is_secret=is_secret,
        uploaded_by=by,
    )
    upload.seek(0)
    try:
        with transaction.atomic():
            attachment.file.save("attachment", upload, save=False)
            attachment.save()
    except IntegrityError:
        attachment.file.delete(save=False)
        raise NotAcceptable(_("This very file is already attached to the case.")) from None
    _examine(attachment)
    return attachment


def _examine(attachment: Attachment) -> None:
    """Have a file read and judged in the background; while that is under way, asking again changes nothing."""
    jobs.start(
        "register.scan_attachment",
        by=attachment.uploaded_by,
        title=_("Reading %s") % attachment.title,
        key=f"scan:{attachment.pk}",
        is_shown=False,
        attachment_id=attachment.pk,
    )


def examine_again(now: datetime) -> int:
    """Start once more with files that were not examined when they came, as when the storage was away.

    Return how many there are.
    """
    left = Attachment.objects.filter(verdict="", uploaded_at__lt=now - SOON)
    for attachment in left.select_related("uploaded_by"):
        _examine(attachment)
    return len(left)


@service
def change_attachment(
    attachment: Attachment, *, by: Person, seen: Seen | None = None, **fields: Any
) -> Attachment:
    """Change what is said of a file. What named it before it became secret is handed out no more.

    Raises Collided for what somebody else changed too since it was `seen`.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    fields = reconciled(attachment, fields, seen)
    if fields.get("is_secret") and not attachment.is_secret:
        withhold(attachment, by=by)
    for name, value in fields.items():
        setattr(attachment, name, value)
    attachment.save(update_fields=list(fields))
    return attachment


def _digest(upload: UploadedFile) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def scan(attachment: Attachment) -> Attachment:
    """Read a file's text for personal numbers and keep the verdict."""
    with attachment.file.open("rb") as file:
        read = partial(_scanned, cast(BinaryIO, file), attachment.kind)
        try:
            attachment.scan = apart.run(read).decode()
        except RenderError:
            attachment.scan = Attachment.Scan.UNREADABLE
    attachment.save(update_fields=["scan"])
    return attachment


def _scanned(file: BinaryIO, kind: str) -> bytes:
    return str(call("cases.register.services.reading.scanned", file, kind)).encode()


def judge_attachment(attachment: Attachment) -> Attachment:
    """Decide how a file goes with the papers, and keep the verdict; judging it again gives the same."""
    judgement = OFFICE
    if attachment.kind == Attachment.Kind.PDF:
        judgement = _judged(attachment)
    attachment.verdict, attachment.verdict_reason = judgement.verdict, judgement.reason
    attachment.pages = judgement.pages or attachment.pages
    attachment.judged_at = timezone.now()
    attachment.save(update_fields=["verdict", "verdict_reason", "pages", "judged_at"])
    return attachment


def _judged(attachment: Attachment) -> Judgement:
    """Judge a PDF in a process that may die of it; one that does is beyond repair."""
    with attachment.file.open("rb") as file:
        try:
            return pickle.loads(apart.run(partial(_judgement, cast(BinaryIO, file.file))))  # noqa: S301  our own
        except RenderError:
            return BROKEN


def _judgement(file: BinaryIO) -> bytes:
    return pickle.dumps(call("reports.annexes.judging.judge", file))
