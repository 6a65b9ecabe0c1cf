"""Registry numbers as people write them, made comparable."""

import re

NUMBER = re.compile(
    r"(?<![\w/])(?P<prefix>[A-ZÅÄÖ]{2,8})[ /\u00a0]?(?P<year>(?:19|20)\d{2})[:/\-](?P<serial>\d{1,6})(?!\d)"
)
# Year and serial written together are told apart only after a prefix: without one they may be any number.
LOOSE = re.compile(
    r"(?P<prefix>[a-zåäö]+)?\W*(?P<year>(?:19|20)\d{2})(?(prefix)\W*|\W+)0*(?P<serial>\d{1,6})\W*"
)


def number_key(text: str) -> str:
    """Return what SN/2023:00183, `SN 2023:183` and `sn2023183` have in common: `sn2023-183`.

    Empty when the text is no registry number.
    """
    match = LOOSE.fullmatch(text.strip().lower())
    return f"{match['prefix'] or ''}{match['year']}-{int(match['serial'])}" if match else ""


def numbers_in(text: str) -> list[re.Match[str]]:
    """Return a match for each registry number that stands in a text."""
    return list(NUMBER.finditer(text))
