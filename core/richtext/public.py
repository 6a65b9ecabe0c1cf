"""The twin of a text that may come into the open."""

from django.utils.translation import gettext as _

from core.richtext.clean import parse
from core.richtext.masks import MASK
from core.richtext.tree import Element, rewrite, write

BLANK_CLASS = "masked"


def public_copy(html: str) -> str:
    """Return the text without what is masked: words, values and notes are left out, not hidden."""
    root = parse(html)
    leave_out_secrets(root)
    return write(root)


def leave_out_secrets(root: Element) -> None:
    rewrite(root, _without_secret)
    root.children = _one_blank_in_a_row(root.children)


def _without_secret(element):
    if MASK in element.attrs:
        return [Element("span", {"class": BLANK_CLASS}, [_("[masked]")])]
    element.children = _one_blank_in_a_row(element.children)
    if element.tag == "a" and any(_is_blank(inside) for inside in element):
        return element.children  # an address may tell what its words no longer do
    return [element]


def _one_blank_in_a_row(nodes):
    pairs = zip([None, *nodes], nodes, strict=False)
    return [node for before, node in pairs if not (_is_blank(before) and _is_blank(node))]


def _is_blank(node):
    return isinstance(node, Element) and node.attrs.get("class") == BLANK_CLASS
