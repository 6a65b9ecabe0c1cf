"""Finding personal numbers in text: they must never stand in what the committee reads or sends.

Ten or twelve digits, with a dash, +, a space or nothing between, co-ordination numbers (day + 60)
included, checked by date and check digit, so that a registry number or an account is not mistaken
for one.
"""

import re
from collections.abc import Iterator
from datetime import date

# Between the parts whatever a keyboard or Word puts there: spaces and dashes, breaking or not.
SPACE, DASH = "[ \u00a0\u202f]?", "[-+\u2010-\u2015\u2212]?"
CANDIDATE = re.compile(
    rf"(?<!\d)(?<!\d[:-])(?:(?:19|20)\d{{2}}|\d{{2}})\d{{4}}{SPACE}{DASH}{SPACE}\d{{4}}(?!\d)(?!-\d)"
)


def find(text: str) -> Iterator[re.Match[str]]:
    """Yield a match for each personal or co-ordination number in the text."""
    for match in CANDIDATE.finditer(text):
        digits = re.sub(r"\D", "", match.group())[-10:]
        if _is_date(digits) and _checks(digits):
            yield match


def hide(match: re.Match[str]) -> str:
    """Return the number so that it can be shown in a message: its last digits hidden."""
    return match.group()[:-4] + "XXXX"


def _is_date(digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    try:
        date(2000, month, day - 60 if day > 60 else day)  # a leap year: it has every day there is
    except ValueError:
        return False
    return True


def _checks(digits: str) -> bool:
    """Luhn's check."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
