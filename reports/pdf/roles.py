"""The standard tags of PDF 1.7, which of them may stand in which, and what is behind a tag of another name."""

from pikepdf import Array, Dictionary, Object

from reports.pdf.objects import look

GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private".split()
BLOCKS = "P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot".split()
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Figure Formula".split()
KNOWN = frozenset(GROUPING + BLOCKS + INLINE)  # without H: one of its kind cannot stand beside our H1

ROWS = frozenset({"THead", "TBody", "TFoot"})
MAY_HOLD = {
    "Table": ROWS | {"TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
MUST_STAND_IN = {
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": ROWS | {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


class Roles:
    """The standard tag behind each tag of the file."""

    def __init__(self, root: Object):
        mapped = look(root, "/RoleMap") or Dictionary()
        self._map = {name[1:]: str(role)[1:] for name, role in mapped.items()}

    def __call__(self, element: Object) -> str:
        """Return the element's standard tag; its own where there is none behind it."""
        name = str(element.S)[1:]
        if not self._map:
            return name
        for _step in range(len(self._map) + 1):
            if name in KNOWN or name not in self._map:
                break
            name = self._map[name]
        return name


def attributes(element: Object) -> list[Object]:
    """Return the element's attribute dictionaries; numbers of revisions between them are of no use to us."""
    found = element.get("/A")
    if found is None:
        return []
    return [held for held in (found if isinstance(found, Array) else [found]) if isinstance(held, Dictionary)]


def attribute(element: Object, name: str):
    """Return an attribute of the element, or None."""
    return next((held[name] for held in attributes(element) if name in held), None)
