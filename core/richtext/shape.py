"""How deep HTML is nested, found in one pass before a parser sees it.

HTML parsers need time in proportion to tags × depth: 560 000 characters of nothing but `<ul><li>` keep one busy for
four minutes. What is counted here is never less than what the parser will open.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

DEEPEST = 60
MOST_WORK = 1_500_000

_SPACE = r"[\t\n\f\r ]"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\t\n\f\r >"'][^\t\n\f\r >]*+)?+"""
_ATTRIBUTE = rf"[^\t\n\f\r />][^\t\n\f\r />=]*+(?:{_SPACE}*+={_SPACE}*+{_VALUE})?+"
# A tag or comment that never ends swallows the rest, as the HTML standard says.
_TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<end>/?)(?P<tag>[a-zA-Z][^\t\n\f\r />]*+)(?P<attributes>(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+)(?:>|\Z)"
    rf"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)


def names(written: str) -> frozenset[str]:
    return frozenset(written.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
_CLOSED_BY_OTHERS = names("dd dt li p tbody td th thead tr")
# Inside these other rules hold, so that an end tag may end nothing.
_OTHER_RULES = names(
    "frameset iframe math noembed noframes noscript plaintext script select style svg template textarea title xmp"
)


class Tag(NamedTuple):
    name: str
    attributes: str
    is_end: bool
    span: tuple[int, int]


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags of HTML in order; comments are left out."""
    for match in _TOKEN.finditer(html):
        if match["tag"]:
            yield Tag(match["tag"].lower(), match["attributes"], bool(match["end"]), match.span())


def without_tags(html: str) -> str:
    return _TOKEN.sub(" ", html)


class Shape(NamedTuple):
    """How many elements are opened, and an upper bound of how many at the same time."""

    starts: int
    deepest: int

    @property
    def is_tangled(self) -> bool:
        """Whether a parser could take unreasonably long over this."""
        return self.starts * self.deepest > MOST_WORK

    @property
    def is_too_deep(self) -> bool:
        """Whether this is nested deeper than any text needs."""
        return self.deepest > DEEPEST


def measure(html: str) -> Shape:
    open_tags: list[str] = []
    starts = deepest = 0
    ends_count = True
    for tag in tags(html):
        if tag.is_end:
            if ends_count:
                _close(open_tags, tag.name)
        elif tag.name not in VOID:
            starts += 1
            ends_count = ends_count and tag.name not in _OTHER_RULES
            if tag.name == "p" and open_tags[-1:] == ["p"]:
                open_tags.pop()
            open_tags.append(tag.name)
            deepest = max(deepest, len(open_tags))
    return Shape(starts, deepest)


def _close(open_tags: list[str], name: str) -> None:
    place = len(open_tags) - 1
    while place >= 0 and open_tags[place] != name and open_tags[place] in _CLOSED_BY_OTHERS:
        place -= 1
    if place >= 0 and open_tags[place] == name:
        del open_tags[place:]
