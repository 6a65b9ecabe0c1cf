"""The verdict on a foreign PDF."""

from typing import BinaryIO

import pikepdf
from pikepdf import Pdf

from reports.annexes.conformance import carries_files, claims_conformance, faults
from reports.annexes.drawing import Foreign, Undrawable, opened
from reports.annexes.verdict import Judgement, Reason, Verdict
from reports.pdf.objects import look

# What reading a file raises that is not built as it should be: foreign bytes may break any promise.
AMISS = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,  # of which too deep a tree
    TypeError,
    ValueError,
)


def judge(file: BinaryIO) -> Judgement:
    """Judge a foreign PDF: merged, as pictures, or attached.

    Every page is read once, and none is kept. Merged is only what says that it is conformant and in which our
    own inspection finds nothing: one fault in it would be the whole file's. Raises nothing for a bad file.
    """
    try:
        with pikepdf.open(file) as pdf:
            return _judge_opened(file, pdf)
    except pikepdf.PasswordError:
        return Judgement(Verdict.ATTACHED, Reason.ENCRYPTED)
    except AMISS as error:
        # What one library cannot read, the other may.
        return _as_images(file, Reason.UNCLAIMED, str(error))


def _judge_opened(file: BinaryIO, pdf: Pdf) -> Judgement:
    if look(pdf.Root, "/AcroForm", "/XFA") is not None:
        return Judgement(Verdict.ATTACHED, Reason.XFA, len(pdf.pages))
    if not claims_conformance(pdf):
        return _as_images(file, Reason.UNCLAIMED)
    reason = Reason.EMBEDDED if carries_files(pdf) else Reason.NOTHING
    found = _first_fault(pdf)
    drawn = _as_images(file, Reason.FAULTY, found)
    if found or drawn.verdict == Verdict.ATTACHED:
        return drawn
    return Judgement(Verdict.MERGED, reason, drawn.pages)


def _first_fault(pdf: Pdf) -> str:
    """Return the first thing held against the file; what we cannot even read is held against it."""
    try:
        return next(faults(pdf), "")
    except AMISS as error:
        return f"{type(error).__name__}: {error}"


def _as_images(file: BinaryIO, reason: Reason, detail: str = "") -> Judgement:
    """Return that the file goes as pictures, or attached when it cannot be opened or a page cannot be drawn."""
    file.seek(0)
    try:
        with opened(file) as foreign:
            return _as_drawn(foreign, reason, detail)
    except Undrawable as error:
        return Judgement(Verdict.ATTACHED, Reason.BROKEN, detail=str(error))


def _as_drawn(foreign: Foreign, reason: Reason, detail: str) -> Judgement:
    total = len(foreign)
    if not total:
        return Judgement(Verdict.ATTACHED, Reason.BROKEN, detail="no pages")
    try:
        for number in range(1, total + 1):
            foreign.glance(number)
        if reason == Reason.UNCLAIMED and not has_text(foreign):
            reason = Reason.TEXTLESS
    except Undrawable as error:
        return Judgement(Verdict.ATTACHED, Reason.UNDRAWABLE, total, str(error))
    return Judgement(Verdict.IMAGES, reason, total, detail)


def has_text(foreign: Foreign) -> bool:
    return any(foreign.text(number).strip() for number in range(1, len(foreign) + 1))
