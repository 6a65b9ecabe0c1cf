"""A section of content as HTML: values written into the text, blocks below it."""

from typing import Any

from django.utils.html import escape

from core import blocks
from core.richtext.clean import parse
from core.richtext.paper import put_on_paper
from core.richtext.references import ARGS, FIGURE, FigureRef, fill_in
from core.richtext.schema import read_args
from core.richtext.tree import Element, write

BELOW_SECTION = 1  # the section's own heading is an h2


def section_html(section: dict[str, Any], prefix: str) -> str:
    """Return the section's text and block; `prefix` keeps ids apart where several share a page."""
    place = f"{prefix}-{section['key']}"
    refs = [FigureRef.of(figure["name"], figure["args"]) for figure in section["figures"]]
    values = {
        ref: escape(figure["text"]) or None for ref, figure in zip(refs, section["figures"], strict=True)
    }
    root = parse(section["text"])  # once for all three: a text is cleaned each time it is read
    fill_in(root, values)
    put_on_paper(root, heading_shift=BELOW_SECTION, prefix=f"{place}-")
    _mark_origins(root, refs, section["figures"], place)
    block = blocks.html(section["block"], section["data"]) if section["block"] else ""
    return write(root) + block


def _mark_origins(root: Element, refs: list[FigureRef], found: list[dict[str, Any]], place: str) -> None:
    """Mark each value with the id of where it comes from, for the reader who asks."""
    ids = {
        (ref.name, ref.args): f"{place}-{number}"
        for number, ref in enumerate(refs)
        if found[number]["origin"]
    }
    for chip in root.find(FIGURE):
        ref = FigureRef.of(chip.attrs[FIGURE], read_args(chip.attrs.get(ARGS, "")) or {})
        origin = ids.get((ref.name, ref.args))
        chip.attrs = {"class": "fig", **({"data-origin": origin} if origin else {})}
