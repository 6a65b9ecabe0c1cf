"""A section of content as HTML: values written into the text, blocks below it."""

from typing import Any

from django.utils.html import escape

from core import blocks
from core.richtext.clean import parse
from core.richtext.paper import put_on_paper
from core.richtext.references import ARGS, FIGURE, OWN, FigureRef, fill_in
from core.richtext.schema import read_args
from core.richtext.tree import Element, write

OUTERMOST = 2  # a document's own title is an h1, its sections begin below


def heading_level(section: dict[str, Any], top: int = OUTERMOST) -> int:
    """Return the level of a section's heading where the outermost sections have the level `top`."""
    return top - 1 + section.get("level", 1)  # what was frozen before sections had levels


def section_html(section: dict[str, Any], prefix: str, top: int = OUTERMOST) -> str:
    """Return the section's text and block; `prefix` keeps ids apart where several share a page."""
    level = heading_level(section, top)
    place = f"{prefix}-{section['key']}"
    refs = [FigureRef.of(figure["name"], figure["args"]) for figure in section["figures"]]
    values = {
        ref: escape(figure["text"]) or None for ref, figure in zip(refs, section["figures"], strict=True)
    }
    root = parse(section["text"])  # once for all three: a text is cleaned each time it is read
    fill_in(root, values)
    put_on_paper(root, heading_shift=level - 1, prefix=f"{place}-")
    _mark_origins(root, refs, section["figures"], place)
    number = section.get("number", "")
    block = (
        blocks.html(section["block"], section["data"], level=level, number=number) if section["block"] else ""
    )
    return write(root) + block


def _mark_origins(root: Element, refs: list[FigureRef], found: list[dict[str, Any]], place: str) -> None:
    """Mark each value with the id of where it comes from, for the reader who asks; somebody's own words are only words."""
    ids = {
        (ref.name, ref.args): f"{place}-{number}"
        for number, ref in enumerate(refs)
        if found[number]["origin"]
    }
    for chip in root.find(FIGURE):
        if OWN in chip.attrs:
            chip.attrs = {}
            continue
        ref = FigureRef.of(chip.attrs[FIGURE], read_args(chip.attrs.get(ARGS, "")) or {})
        origin = ids.get((ref.name, ref.args))
        chip.attrs = {"class": "fig", **({"data-origin": origin} if origin else {})}
