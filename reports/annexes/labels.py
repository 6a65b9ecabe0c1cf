"""What is printed at the foot of a foreign page: that it is an annex, which, and which page of it."""

from django.utils.translation import gettext as _

from reports.pdf import strip

SAYS_SO = ("bilag", "annex")  # how titles begin that need not be told twice


def label(title: str, number: int, total: int, width: float) -> str:
    """Return “Bilaga: Ritning · 1 (14)”, with a title that has room on a page of this width; empty where none has."""
    words = " ".join(title.split())
    whole = words if words.casefold().startswith(SAYS_SO) else _("Annex: %(title)s") % {"title": words}
    count = f" · {number} ({total})"
    room = strip.room(width) - len(count)
    if room < len(count):
        return ""
    return (whole if len(whole) <= room else f"{whole[: room - 1].rstrip()}…") + count
