"""Swedish numbers, dates and yes or no as people type and paste them: the twin of `core.formats`.

Nothing is guessed: what can be read in two ways is refused with a sentence that says what to write instead.
The browser's twin is `static/js/grid/reading.js`; both are held to `tests/fixtures/reading/numbers.json`.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 15  # digits: what a browser adds up without loss, and every column of ours holds

# No-break, figure, thin and narrow no-break spaces, as Excel and our own formatter write them.
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
MINUS_SIGNS = str.maketrans("\u2212\u2013", "--")
PLAIN = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]*|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]*))?")
POINTS_FOR_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]*)?")
BADLY_SPACED = re.compile(r"[+-]?[0-9][0-9 ]*([.,][0-9 ]*)?")

REASONS: dict[str, str | Promise] = {
    "not_a_number": _("This is not a number. Write it like −1 234,5."),
    "dash": _("A dash may mean nothing or zero. Write 0, or leave it empty."),
    "points": _("A point may mean thousands or decimals. Write a decimal comma, and spaces for thousands."),
    "marks": _("There are two decimal marks. Write one comma, and spaces for thousands."),
    "spaces": _("The digits are spaced unlike a number. Write spaces only between thousands: 1 234 567."),
    "percent": _("This column does not take percent. Write the number without a percent sign."),
    "whole": _("Write a whole number, without decimals."),
    "decimals": _("Write at most %(decimals)s decimals."),
    "long": _("The number has too many digits."),
    "not_a_day": _("This is not a date. Write it like 2023-06-13."),
    "not_yes_no": _("Write yes or no."),
    "not_a_text": _("The text has characters that cannot be kept."),
}


class Unreadable(ValueError):
    """A text that cannot be read; `str()` is the translated sentence, `reason` its key in REASONS."""

    def __init__(self, reason: str, **values: object):
        self.reason = reason
        super().__init__(str(REASONS[reason]) % values if values else str(REASONS[reason]))


def number(text: str, *, decimals: int | None = None, percent: bool = False) -> Decimal | None:
    """Read a number as typed or pasted; None for an empty text. Percent stays in percent: “8,0 %” is 8.

    `decimals` is how many are taken, None for any: one more is refused, never rounded away. A lone `-` is
    0, which is how Excel shows it. Raises Unreadable.
    """
    written = SPACES.sub(" ", text).strip()
    if not written:
        return None
    if written == "-":
        return Decimal(0)
    found = _plain(_without_unit(_with_leading_minus(written), percent))
    return _checked(found, decimals)


def day(text: str) -> date | None:
    """Read `2023-06-13`, `20230613`, `13/6 2023`, `13 juni 2023`, or a moment's day; None for an empty text.

    Raises Unreadable, also when the year is not written out.
    """
    written = SPACES.sub(" ", text).strip().lower()
    if not written:
        return None
    try:
        return _iso_day(written) or _day_first(written)
    except ValueError:
        raise Unreadable("not_a_day") from None


def yes_no(text: str) -> bool | None:
    """Read yes or no in Swedish, English or as a spreadsheet writes it; None for an empty text."""
    written = text.strip().lower()
    if not written:
        return None
    if written in {"ja", "j", "x", "yes", "y", "true", "sant", "1"}:
        return True
    if written in {"nej", "n", "no", "false", "falskt", "0"}:
        return False
    raise Unreadable("not_yes_no")


def canonical(value: Decimal | None) -> str:
    """Write a value as machines pass it on: `-720512`, `8.5`; an empty text for None, never an exponent."""
    if value is None:
        return ""
    return format(value.normalize() if value else Decimal(0), "f")


def _with_leading_minus(text: str) -> str:
    """Move the accountant's minus, `500-` or `(500)`, to where the others have it."""
    text = re.sub(r"\s*(kr|:-)$", "", text.translate(MINUS_SIGNS), flags=re.IGNORECASE)
    if re.fullmatch(r"\([^()+-]+\)", text):
        return "-" + text[1:-1].strip()
    if re.fullmatch(r"[0-9][0-9 ,.]*-", text):
        return "-" + text[:-1].strip()
    return re.sub(r"^([+-]) ", r"\1", text)


def _without_unit(text: str, percent: bool) -> str:
    if not text.endswith("%"):
        return text
    if not percent:
        raise Unreadable("percent")
    return text[:-1].strip()


def _plain(text: str) -> re.Match[str]:
    found = PLAIN.fullmatch(text)
    if text in {"-", "+"}:
        raise Unreadable("dash")
    if POINTS_FOR_THOUSANDS.fullmatch(text.replace(" ", "")) or {".", ","} <= set(text):
        raise Unreadable("points")
    if found and (found["whole"] or found["part"]):
        return found
    if re.fullmatch(r"[+-]?[0-9 ]*([.,][0-9 ]*){2,}", text):
        raise Unreadable("marks")
    raise Unreadable("spaces" if BADLY_SPACED.fullmatch(text) else "not_a_number")


def _checked(found: re.Match[str], decimals: int | None) -> Decimal:
    whole = found["whole"].replace(" ", "").lstrip("0")
    part = (found["part"] or "").rstrip("0")
    if decimals is not None and len(part) > decimals:
        raise Unreadable("decimals", decimals=decimals) if decimals else Unreadable("whole")
    if len(whole + part) > LONGEST:
        raise Unreadable("long")
    value = Decimal(f"{whole or 0}.{part or 0}")
    return -value if found["sign"] == "-" and value else value


def _iso_day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d|\d{8})([ t]\d\d:\d\d(:\d\d(\.\d+)?)?)?", text, re.ASCII)
    return datetime.fromisoformat(found[1]).date() if found else None


def _day_first(text: str) -> date:
    found = re.fullmatch(r"(\d{1,2})(?:/(\d{1,2})| ([a-zåäö]+)\.?)[ -/](\d{4})", text, re.ASCII)
    if not found:
        raise ValueError
    month = int(found[2]) if found[2] else _month(found[3])
    return date(int(found[4]), month, int(found[1]))


def _month(name: str) -> int:
    """Return the number of a Swedish month, written out or cut to three letters or more."""
    [number] = [number for number, month in MONTHS.items() if len(name) >= 3 and month.startswith(name)]
    return number
