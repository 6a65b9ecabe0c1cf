"""A stored text as it is read: on paper, and on the page that shows the same HTML."""

from core.richtext.clean import parse
from core.richtext.headings import fit_headings
from core.richtext.notes import NOTE, number_notes
from core.richtext.tables import mark_up_tables
from core.richtext.tree import INLINE, TEXT_BLOCKS, Element, rewrite, write


def for_paper(html: str, *, heading_shift: int = 0, prefix: str = "") -> str:
    """Return the text with what readers and their machines need, but writers do not see.

    Nothing changes when it is done twice.
    """
    root = parse(html)
    put_on_paper(root, heading_shift=heading_shift, prefix=prefix)
    return write(root)


def put_on_paper(root: Element, *, heading_shift: int = 0, prefix: str = "") -> None:
    """Do what `for_paper` does in the tree of a text.

    Headings continue from the section's own, which is one level above `heading_shift` + 2, without leaving a level
    out. Tables have a head. Notes are numbered and listed at the end; `prefix` keeps their links apart when several
    texts share a page.
    """
    rewrite(root, _tidy)
    root.children = _in_paragraphs(root.children)
    fit_headings(root, above=heading_shift + 1)
    mark_up_tables(root)
    number_notes(root, prefix)


def _tidy(element):
    """Drop paragraphs and headings that hold nothing; take the only paragraph of a cell or list item out of its p."""
    if (element.tag in TEXT_BLOCKS or NOTE in element.attrs) and element.is_empty:
        return []
    if element.tag in {"td", "th", "li"}:
        _unwrap_only_paragraph(element)
    return [element]


def _unwrap_only_paragraph(element):
    paragraphs = [child for child in element.elements if child.tag == "p"]
    others = [child for child in element.children if child not in paragraphs and not _is_list_or_space(child)]
    if len(paragraphs) == 1 and not others:
        place = element.children.index(paragraphs[0])
        element.children[place : place + 1] = paragraphs[0].children


def _is_list_or_space(node):
    return not node.strip() if isinstance(node, str) else node.tag in {"ol", "ul"}


def _in_paragraphs(nodes):
    """Put loose words into paragraphs, so that no sentence stands outside of the structure."""
    result, run = [], []
    for node in nodes:
        if isinstance(node, str) or node.tag in INLINE:
            run.append(node)
        else:
            result += [*_paragraph(run), node]
            run = []
    return result + _paragraph(run)


def _paragraph(run):
    paragraph = Element("p", {}, run)
    return [] if paragraph.is_empty else [paragraph]
