"""What becomes of a foreign PDF in a file of ours."""

from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pikepdf import Pdf

from reports.annexes.conformance import claims_conformance, faults
from reports.annexes.drawing import Undrawable, opened
from reports.pdf.objects import look


class Verdict(TextChoices):
    """How an annex goes with the papers; the whole file is conformant with each of them."""

    MERGED = "merged", _("Goes with the papers as pages")
    IMAGES = "images", _("Goes with the papers as pictures of its pages, with the text behind")
    ATTACHED = "attached", _("Goes with the papers as an attached file, after a divider page")


class Reason(TextChoices):
    """Why it does not go as it is, in words for whoever may put a better file in its place."""

    NOTHING = "", ""
    UNCLAIMED = "unclaimed", _("The file does not say that it is accessible and archivable (PDF/A, level A).")
    FAULTY = "faulty", _("The file says that it is accessible and archivable, but it is not in every part.")
    ENCRYPTED = "encrypted", _("The file is locked with a password.")
    XFA = "xfa", _("The file is a form that only Adobe's own programs can show.")
    BROKEN = "broken", _("The file is damaged and cannot be opened.")
    UNDRAWABLE = "undrawable", _("A page of the file cannot be drawn.")
    OFFICE = "office", _("The file is a Word, Excel or PowerPoint file, which has no pages of its own.")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a file, why, how many pages it has (None: nobody can tell), and a word for developers."""

    verdict: Verdict
    reason: Reason = Reason.NOTHING
    pages: int | None = None
    detail: str = ""


OFFICE = Judgement(Verdict.ATTACHED, Reason.OFFICE)


def judge(file: BinaryIO) -> Judgement:
    """Judge a foreign PDF: merged, as pictures, or attached.

    Every page is read once, and none is kept. Merged is only what says that it is conformant and in which our own
    inspection finds nothing: one fault in it would be the whole file's. Raises nothing for a bad file.
    """
    try:
        with pikepdf.open(file) as pdf:
            return _judge_opened(file, pdf)
    except pikepdf.PasswordError:
        return Judgement(Verdict.ATTACHED, Reason.ENCRYPTED)
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError) as error:
        # What one library cannot read, the other may.
        return _as_images(file, Reason.FAULTY, str(error))


def _judge_opened(file: BinaryIO, pdf: Pdf) -> Judgement:
    if look(pdf.Root, "/AcroForm", "/XFA") is not None:
        return Judgement(Verdict.ATTACHED, Reason.XFA, len(pdf.pages))
    if not claims_conformance(pdf):
        return _as_images(file, Reason.UNCLAIMED)
    if found := next(faults(pdf), ""):
        return _as_images(file, Reason.FAULTY, found)
    drawn = _as_images(file, Reason.FAULTY)
    return drawn if drawn.verdict == Verdict.ATTACHED else Judgement(Verdict.MERGED, pages=len(pdf.pages))


def _as_images(file: BinaryIO, reason: Reason, detail: str = "") -> Judgement:
    """Return that the file goes as pictures, or attached when it cannot be opened or a page cannot be drawn."""
    file.seek(0)
    try:
        with opened(file) as foreign:
            return _as_drawn(foreign, reason, detail)
    except Undrawable as error:
        return Judgement(Verdict.ATTACHED, Reason.BROKEN, detail=str(error))


def _as_drawn(foreign, reason: Reason, detail: str) -> Judgement:
    total = len(foreign)
    if not total:
        return Judgement(Verdict.ATTACHED, Reason.BROKEN, detail="no pages")
    try:
        for number in range(1, total + 1):
            foreign.glance(number)
    except Undrawable as error:
        return Judgement(Verdict.ATTACHED, Reason.UNDRAWABLE, total, str(error))
    return Judgement(Verdict.IMAGES, reason, total, detail)
