"""What must stand on one line wherever HTML is read: a date, a registry number, a short compound."""

import re
from collections.abc import Iterator

from core.richtext.shape import names, tags

# 2022-10-10; SN/2023:00183, SN2023/158, KS 2023/14; HR-chef.
_WHOLE = re.compile(
    r"\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-ZÅÄÖ]{1,8}[/ \u00a0]?[0-9]{4}[:/][0-9]{1,6}|[A-ZÅÄÖ]{2,4}-[a-zåäö]{2,8})"
    r"\b(?![-/:][0-9])"
)
# What holds only words, or words that HTML may not stand among.
_LEFT_ALONE = names("option script select style svg template textarea title")


def unbroken(html: str) -> str:
    """Return HTML in which no date, registry number or short compound is divided between two lines."""
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    place, inside = 0, ""
    for tag in tags(html):
        start, end = tag.span
        yield html[place:start] if inside else _kept(html[place:start])
        yield html[start:end]
        place = end
        if not inside and not tag.is_end and tag.name in _LEFT_ALONE:
            inside = tag.name
        elif tag.is_end and tag.name == inside:
            inside = ""
    yield _kept(html[place:])


def _kept(words: str) -> str:
    return _WHOLE.sub(r'<span class="nowrap">\g<0></span>', words)
