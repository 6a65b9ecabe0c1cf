"""What becomes of a foreign file in a file of ours, and why; light, for whoever only has to name it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """How an annex goes with the papers; the whole file is conformant with each of them."""

    MERGED = "merged", _("Goes with the papers as pages")
    IMAGES = "images", _("Goes with the papers as pictures of its pages, with what text they have behind")
    ATTACHED = "attached", _("Goes with the papers as an attached file, after a divider page")


class Reason(TextChoices):
    """Why it does not go as it is, in words for whoever may put a better file in its place."""

    NOTHING = "", ""
    UNCLAIMED = "unclaimed", _("The file does not say that it is accessible and archivable (PDF/A, level A).")
    FAULTY = "faulty", _("The file says that it is accessible and archivable, but it is not in every part.")
    EMBEDDED = (
        "embedded",
        _("The file has other files embedded in it: they come along in its original, which is embedded too."),
    )
    TEXTLESS = (
        "textless",
        _("The file has no text, as when paper is scanned: it can be neither searched nor read aloud."),
    )
    ENCRYPTED = "encrypted", _("The file is locked with a password.")
    XFA = "xfa", _("The file is a form that only Adobe's own programs can show.")
    BROKEN = "broken", _("The file is damaged and cannot be opened.")
    UNDRAWABLE = "undrawable", _("A page of the file cannot be drawn.")
    OFFICE = "office", _("The file is a Word, Excel or PowerPoint file, which has no pages of its own.")

    @property
    def advice(self) -> str:
        """What to do about it, if there is anything."""
        return str(ADVICE.get(self, ""))


_ANEW = _("Save it anew, or ask the sender for it once more, and attach that.")
_ACCESSIBLE = _(
    "To have it go as it is, attach it saved as PDF/A with tags; in Word: Save as PDF, Options, both “PDF/A” and "
    "“Document structure tags for accessibility”."
)
ADVICE = {
    Reason.UNCLAIMED: _ACCESSIBLE,
    Reason.FAULTY: _ACCESSIBLE,
    Reason.TEXTLESS: _("Attach the file that was printed, or scan the paper with text recognition."),
    Reason.ENCRYPTED: _("Attach a copy without a password."),
    Reason.XFA: _("Open it in Adobe's program, print it to a PDF, and attach that."),
    Reason.BROKEN: _ANEW,
    Reason.UNDRAWABLE: _ANEW,
    Reason.OFFICE: _("Attach it as a PDF too, and the members read it with the other papers."),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a file, why, how many pages it has (None: nobody can tell), and a word for developers."""

    verdict: Verdict
    reason: Reason = Reason.NOTHING
    pages: int | None = None
    detail: str = ""


OFFICE = Judgement(Verdict.ATTACHED, Reason.OFFICE)
BROKEN = Judgement(Verdict.ATTACHED, Reason.BROKEN)
