"""From any text to HTML of our schema. What is cleaned once is not changed by cleaning it again."""

from functools import cache
from html import escape

import nh3
from django_prose_editor.fields import create_sanitizer

from core.richtext.editor import EXTENSIONS
from core.richtext.masks import MASK, mask_each_block
from core.richtext.schema import URL_SCHEMES, attribute_filter
from core.richtext.shape import measure, names, without_tags
from core.richtext.tree import INLINE, TEXT_BLOCKS, Element, build, rewrite, write

# Two rounds are enough for all that a hundred thousand random tag soups came up with.
MOST_ROUNDS = 6

# Control characters would stop PDF and XML; an entity can bring them back, so this runs between the rounds.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])

# What our own transforms write, beside what a stored text may hold.
_PAPER_TAGS = names(
    "a abbr br em h2 h3 h4 h5 h6 li ol p section span strong sub sup table tbody td th thead time tr ul"
)
_PAPER_ATTRIBUTES = {
    "a": {"href", "rel", "title", "id", "role", "aria-label"},
    "abbr": {"title"},
    "li": {"id"},
    "ol": {"start", "type", "data-type", "aria-label"},
    "section": {"class"},
    "span": {
        *("class", "data-origin", "data-figure", "data-args", "data-reference", "data-paragraph"),
        *("data-date", "data-footnote", "data-mask", "data-own"),
    },
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}


class Tangled(ValueError):
    """The HTML is nested so deep, or so wrongly, that it is no text of ours."""


def sanitise(html: str) -> str:
    """Return HTML as it may be stored: tags and attributes of the schema, a mask in each block that has a secret."""
    return _settled(html, _stored())


def parse(html: str) -> Element:
    """Make a tree of any text whatever; what is too tangled for a tree becomes words without tags."""
    try:
        html = _settled(html, _paper())
    except Tangled:
        html = _words_only(html)
    root = build(html)
    rewrite(root, _unwrapped_around_blocks)
    return root


def _settled(html, clean):
    """Clean until a parser that reads the result would write the same."""
    html = html.translate(_CONTROLS)
    measured, shape = html, measure(html)
    if shape.is_tangled:
        raise Tangled
    for _round in range(MOST_ROUNDS):
        before, html = html, clean(html).translate(_CONTROLS)
        if html != measured:  # a stored text is clean already
            measured, shape = html, measure(html)
        if shape.is_too_deep:
            raise Tangled
        if MASK in html:
            html = clean(_with_masks_in_blocks(html))
        if html == before:
            return html
    raise Tangled


def _with_masks_in_blocks(html):
    root = build(html)
    mask_each_block(root)
    return write(root)


def _unwrapped_around_blocks(element):
    """Drop bold, link, paragraph or heading that reaches over whole blocks: no writer can have meant it.

    Nor a list item right inside another, which a parser would read as two.
    """
    is_wrapper = element.tag in INLINE | TEXT_BLOCKS and any(inside.tag not in INLINE for inside in element)
    holds_item = element.tag == "li" and any(child.tag == "li" for child in element.elements)
    return element.children if is_wrapper or holds_item else [element]


def _words_only(html):
    # Without its tags nobody can tell what in it is secret.
    return "" if MASK in html.lower() else escape(without_tags(html), quote=False)


@cache
def _stored():
    return create_sanitizer(EXTENSIONS)


@cache
def _paper():
    cleaner = nh3.Cleaner(
        tags=set(_PAPER_TAGS),
        attributes=_PAPER_ATTRIBUTES,
        attribute_filter=attribute_filter,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )
    return cleaner.clean
