"""SVG as text. Everything that is drawn passes `element`, which escapes every word and writes every number alike."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from reports.charts.lettering import LINE, TEXT
from reports.charts.paints import FONT, INK, Paint, painted

Attribute = str | int | float | None

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class Markup(SafeString):
    """SVG made here. Every other string is words, even one that Django holds for safe."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something drawn, and how many pixels of height it takes."""

    markup: Markup
    height: float


def element(tag: str, *children: str, **attributes: Attribute) -> Markup:
    """Return an element; `stroke_width=2` becomes `stroke-width="2"`, what is None is left out."""
    head = tag + "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_escaped(_written(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = joined(children)
    return Markup(f"<{head}>{inside}</{tag}>" if inside else f"<{head}/>")


def joined(children: Iterable[str]) -> Markup:
    """Return markup as it is and words escaped, in one piece."""
    return Markup("".join(child if isinstance(child, Markup) else _escaped(str(child)) for child in children))


def percent(share: float) -> str:
    """Write a share of the width, from 0 to 1, as SVG does: `37.5%`."""
    return f"{_written(share * 100)}%"


def group(y: float, *children: str) -> Markup:
    """Return the children moved down."""
    return element("g", *children, transform=f"translate(0 {_written(y)})") if y else joined(children)


def at(x: float, *children: str, y: float = 0) -> Markup:
    """Return the children, drawn in pixels, with their origin at a share of the width."""
    return element("svg", *children, x=percent(x), y=y or None, width=1, height=1, overflow="visible")


def panel(left: float, width: float, height: float, *children: str) -> Markup:
    """Return a part of the width whose own percentages begin and end at its edges."""
    attributes: dict[str, Attribute] = {
        "x": percent(left),
        "width": percent(width),
        "height": height,
        "overflow": "visible",
    }
    return element("svg", *children, **attributes)


def words(
    text: str,
    *,
    x: float = 0,
    y: float = 0,
    dx: float | None = None,
    size: float = TEXT,
    paint: Paint = INK,
    anchor: str | None = None,
    bold: bool = False,
) -> Markup:
    """Return one line of text: `x` as a share of the width, `y` its baseline, `dx` pixels to the side."""
    return element(
        "text",
        text,
        x=percent(x),
        y=y,
        dx=dx,
        text_anchor=anchor,
        font_size=None if size == TEXT else size,
        font_weight=600 if bold else None,
        **painted(fill=paint),
    )


def paragraph(lines: Sequence[str], *, y: float, pitch: float = LINE, **how: Any) -> Markup:
    """Return lines under each other, the first with its baseline at `y`."""
    return joined(words(line, y=y + index * pitch, **how) for index, line in enumerate(lines))


def rule(
    x1: float, y1: float, x2: float, y2: float, paint: Paint, width: float = 1, **how: Attribute
) -> Markup:
    """Return a straight line; x as shares of the width, y in pixels."""
    ends: dict[str, Attribute] = {"x1": percent(x1), "y1": y1, "x2": percent(x2), "y2": y2}
    return element("line", **ends, stroke_width=width, **how, **painted(stroke=paint))


def stacked(pieces: Sequence[Piece], gap: float = 0) -> Piece:
    """Return pieces under each other."""
    tops = [0.0]
    for piece in pieces:
        tops.append(tops[-1] + piece.height + gap)
    markup = joined(group(top, piece.markup) for top, piece in zip(tops, pieces, strict=False))
    return Piece(markup, max(tops[-1] - gap, 0))


def document(
    piece: Piece,
    *,
    prefix: str,
    title: str,
    description: str,
    defs: str = "",
    width: str | int = "100%",
    class_: str = "chart-plot",
) -> Markup:
    """Return a whole SVG whose ids begin with `prefix`, named by its title and description.

    No style and no script, so that a strict Content-Security-Policy lets it stand inline. Raises ValueError when
    the prefix cannot begin an id.
    """
    if not NAME.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin an id: it takes letters, digits, - and _, a letter first.")
    return element(
        "svg",
        element("title", title, id=f"{prefix}-title"),
        element("desc", description, id=f"{prefix}-desc"),
        element("defs", defs) if defs else "",
        piece.markup,
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        width=width,
        height=piece.height,
        font_family=FONT,
        font_size=TEXT,
    )


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text))


def _written(value: Attribute) -> str:
    """Write a number with two decimals at most, without a tail of zeros."""
    if not isinstance(value, float):
        return str(value)
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")  # + 0.0 makes -0.0 plain zero
