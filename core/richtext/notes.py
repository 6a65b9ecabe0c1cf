from django.utils.translation import gettext as _

from core.richtext.masks import MASK
from core.richtext.tree import Element, rewrite

NOTE = "data-footnote"


def number_notes(root: Element, prefix: str) -> None:
    """Put a numbered link in each note's place and the notes in a list at the end, each with a link back."""
    rewrite(root, _notes_after_link)
    notes = _notes(root)
    grounds = {note: mask.attrs[MASK] for mask in root.find(MASK) for note in mask.find(NOTE)}
    items = [_item(note, number, prefix, grounds.get(note)) for number, note in enumerate(notes, start=1)]
    for number, note in enumerate(notes, start=1):
        _become_link(note, number, prefix)
    if items:
        # Of the list, not of the section: a page has many texts with notes, and readers list named sections.
        notes = Element("ol", {"aria-label": _("Notes")}, items)
        root.children.append(Element("section", {"class": "footnotes"}, [notes]))


def _notes_after_link(element):
    """Move notes out of a link: a note is a link itself, and links do not hold links."""
    if element.tag != "a":
        return [element]
    notes = element.find(NOTE)
    rewrite(element, lambda inside: [] if NOTE in inside.attrs else [inside])
    return [element, *notes]


def _notes(root):
    for note in root.find(NOTE):
        note.children = [note.text]
    return root.find(NOTE)


def _item(note, number, prefix, ground):
    words = note.children if ground is None else [Element("span", {MASK: ground}, note.children)]
    back = {
        "href": f"#fnref-{prefix}{number}",
        "role": "doc-backlink",
        "aria-label": _("Back to note reference %(number)d") % {"number": number},
    }
    return Element("li", {"id": f"fn-{prefix}{number}"}, [*words, " ", Element("a", back, ["↑"])])


def _become_link(note, number, prefix):
    link = {"href": f"#fn-{prefix}{number}", "id": f"fnref-{prefix}{number}", "role": "doc-noteref"}
    note.tag, note.attrs = "sup", {}
    note.children = [Element("a", link, [str(number)])]
