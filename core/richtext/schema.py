"""Which HTML our rich text consists of: the allowlist that the sanitiser is made of.

The schema is final: stored texts are read by every later version. What comes to it, such as words of one's own in a
value's place (`data-own`), leaves every text that is stored already as it is.
"""

import json
import re
from collections.abc import Callable

from django_prose_editor.config import add_tags_and_attributes

URL_SCHEMES = {"http", "https", "mailto"}

FORMATS = {
    "data-figure": r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+",
    "data-reference": r"\w[\w ./:-]{0,39}",
    "data-paragraph": r"§{1,2}[ \u00a0]?\d{1,4}([–-]\d{1,4})?",
    "data-date": r"\d{4}-\d\d-\d\d",
    "data-mask": r"(\d{1,2}:\d{1,2})?",
    "data-own": r"[^\x00-\x1f]{0,300}",
    "data-type": r"[a-z-]{1,20}",
    "type": r"[1aAiI]",
    "start": r"\d{1,4}",
    # A cell as wide as the sea would take the server's memory when printed.
    "colspan": r"[1-9]\d?",
    "rowspan": r"[1-9]\d{0,2}",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in FORMATS.items()}

# What marks a secret or a note may not be lost with a bad value: the text inside would come into the open.
# Nor what marks words of one's own: they would be written over.
_PRESENCE = {"data-mask", "data-footnote", "data-own"}

MOST_ARGS = 8
LONGEST_ARGS = 600


def attribute_filter(_tag: str, name: str, value: str) -> str | None:
    """Return what is stored of an attribute's value, or None to leave the attribute out."""
    if name == "data-args":
        return canonical_args(value)
    pattern = _PATTERNS.get(name)
    if pattern and pattern.fullmatch(value):
        return value
    if name in _PRESENCE:
        return ""
    return None if pattern else value


def canonical_args(value: str) -> str | None:
    """Return a figure's arguments as JSON in the one form in which they are compared, or None."""
    args = read_args(value)
    return None if args is None else write_args(args)


def read_args(value: str) -> dict[str, str | int] | None:
    """Return arguments written as a flat JSON object of texts and whole numbers, or None."""
    if len(value) > LONGEST_ARGS:
        return None
    try:
        args = json.loads(value)
    except ValueError:
        return None
    return args if _is_flat(args) else None


def write_args(args: dict[str, str | int]) -> str:
    return json.dumps(args, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_flat(args: object) -> bool:
    return isinstance(args, dict) and len(args) <= MOST_ARGS and all(map(_is_plain, [*args, *args.values()]))


def _is_plain(value: object) -> bool:
    return type(value) is int or (isinstance(value, str) and value.isprintable())


def span(*attributes: str) -> Callable[[object, dict], None]:
    """Make the processor of an extension whose HTML is a span with these attributes."""

    def process(_config, shared):
        add_tags_and_attributes(shared, ["span"], {"span": attributes})
        shared["attribute_filter"] = attribute_filter
        shared["url_schemes"] = URL_SCHEMES

    return process


def no_html(_config, _shared) -> None:
    """Process an extension that only changes the editor, not the text."""
