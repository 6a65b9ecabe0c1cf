"""What an uploaded file is, by its content: neither its name nor what the browser says counts."""

import re
import zipfile
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cases.register.models import Attachment

MOST_BYTES = 100 * 1024 * 1024
PDF_MAGIC, ZIP_MAGIC, OLD_OFFICE_MAGIC = b"%PDF-", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
# What closes a PDF. Mail and archives may leave bytes after it, so it need not be the very last.
PDF_ENDS, WHERE_IT_ENDS = (b"startxref", b"%%EOF"), 64 * 1024

# A zip bomb says how large it becomes: nobody writes so much in an office file.
MOST_UNPACKED, MOST_ENTRIES, MOST_CONTENT_TYPES = 600 * 1024 * 1024, 20_000, 2 * 1024 * 1024
PROGRAMS = ("vbaproject", "macroenabled", "/activex/", "macrosheets/")
MAIN_PARTS = {
    "wordprocessingml.document.main+xml": Attachment.Kind.WORD,
    "spreadsheetml.sheet.main+xml": Attachment.Kind.EXCEL,
    "presentationml.presentation.main+xml": Attachment.Kind.POWERPOINT,
}
MAIN_PART = re.compile(r"application/vnd\.openxmlformats-officedocument\.([a-z.]+\.main\+xml)")


class NotAcceptable(ValueError):
    """The file cannot be attached; the message says why and what to do."""


def kind_of(upload: UploadedFile) -> Attachment.Kind:
    """Return what the file is. Raises NotAcceptable for what is neither PDF nor Word, Excel or PowerPoint."""
    if (upload.size or 0) > MOST_BYTES:
        raise NotAcceptable(_("The file is larger than 100 MB. Divide it, or save it with smaller images."))
    upload.seek(0)
    start = upload.read(1024)
    upload.seek(0)
    if PDF_MAGIC in start:
        refuse_cut_short(upload)
        return Attachment.Kind.PDF
    try:
        return kind_of_other(upload, start)
    except NotAcceptable:
        if not str(upload.name).lower().endswith(".pdf"):
            raise
        # What is said of an office file would be said of a file that the sender takes for a PDF.
        raise NotAcceptable(
            _("“%s” is no PDF, whatever its name says. Open it in its own program and save it as PDF.")
            % upload.name
        ) from None


def refuse_cut_short(upload: UploadedFile) -> None:
    """Raise NotAcceptable for a PDF of which only a beginning has come."""
    upload.seek(max(0, (upload.size or 0) - WHERE_IT_ENDS))
    end = upload.read(WHERE_IT_ENDS)
    upload.seek(0)
    if not any(sign in end for sign in PDF_ENDS):
        raise NotAcceptable(
            _("“%s” is cut short: the end of the PDF is missing. Fetch it or save it anew, and try again.")
            % upload.name
        )


def kind_of_other(upload: UploadedFile, start: bytes) -> Attachment.Kind:
    """Return which office file this is. Raises NotAcceptable when it is none."""
    if start.startswith(ZIP_MAGIC):
        return office_kind(upload)
    if start.startswith(OLD_OFFICE_MAGIC):
        raise NotAcceptable(
            _(
                "“%s” is in an old format, or locked with a password. Save it as PDF, or as docx, xlsx or pptx."
            )
            % upload.name
        )
    raise NotAcceptable(
        _("“%s” is neither PDF nor Word, Excel or PowerPoint, whatever its name says. Save it as PDF.")
        % upload.name
    )


def office_kind(upload: UploadedFile) -> Attachment.Kind:
    """Return which office file this archive is, by its main part. Raises NotAcceptable."""
    try:
        with zipfile.ZipFile(cast(BinaryIO, upload)) as archive:
            refuse_bomb(archive)
            refuse_macros(archive)
            return main_kind(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise NotAcceptable(_("The file is damaged and cannot be opened. Save it anew.")) from None


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotAcceptable(_("The file becomes far too large when it is opened. Save it as PDF."))


def refuse_macros(archive: zipfile.ZipFile) -> None:
    names = " ".join(archive.namelist()).lower()
    if any(sign in names + content_types(archive).lower() for sign in PROGRAMS):
        raise NotAcceptable(_("The file holds macros (programs). Save it without them, or as PDF."))


def main_kind(archive: zipfile.ZipFile) -> Attachment.Kind:
    found = MAIN_PART.search(content_types(archive))
    if found is None or found[1] not in MAIN_PARTS:
        raise NotAcceptable(
            _("The file is an archive, but no Word, Excel or PowerPoint file. Save it as PDF.")
        )
    return MAIN_PARTS[found[1]]


def content_types(archive: zipfile.ZipFile) -> str:
    with archive.open("[Content_Types].xml") as part:
        return part.read(MOST_CONTENT_TYPES).decode("utf-8", "replace")
