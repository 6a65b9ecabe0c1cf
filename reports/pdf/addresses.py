"""Addresses that WeasyPrint passes over in silence, so that what they stand for would be missing from the page."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

ABSOLUTE = re.compile(r"\s*[A-Za-z][A-Za-z0-9.+-]*:")
IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", re.IGNORECASE)
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
# What stands for something to be seen, by tag. Elsewhere an address is a link's.
SOURCES = {"img": ("src",), "embed": ("src",), "object": ("data",), "link": ("href",)}
SHOWN = 80  # letters of an address, which may be a whole picture


def refused_in(html: Any) -> Iterator[str]:
    """Yield addresses without a scheme, which lead nowhere from a page, and what a drawing would use of another."""
    for element in html.iter():
        for name in SOURCES.get(element.tag, ()):
            yield from relative(element.get(name, ""))
        if element.tag == f"{SVG}use":
            yield from (address for address in used_by(element) if not address.startswith("#"))
        if element.tag == "style" or "style" in element.attrib:
            for address in IN_STYLE.findall(element.get("style", "") + (element.text or "")):
                yield from relative(address)


def relative(address: str) -> Iterator[str]:
    if address.strip() and not address.strip().startswith("#") and not ABSOLUTE.match(address):
        yield address


def used_by(element: Any) -> list[str]:
    return [element.get(name, "").strip() for name in ("href", XLINK) if element.get(name)]


def named(addresses: Iterable[str]) -> str:
    """Return the addresses for people, each once."""
    return ", ".join(
        f"{address[:SHOWN]}…" if len(address) > SHOWN else address for address in dict.fromkeys(addresses)
    )
