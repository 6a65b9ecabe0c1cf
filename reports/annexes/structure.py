"""Whether a foreign file's tags are such as a reader aloud can follow: the rules of PDF/UA-1 on tags."""

from collections.abc import Callable, Iterator

from pikepdf import Dictionary, Name, Object, Pdf, String

from reports.pdf.objects import look, words
from reports.pdf.part_rules import HEADING
from reports.pdf.roles import KNOWN, MAY_HOLD, MUST_STAND_IN, ROWS, Roles, attribute
from reports.pdf.tags import kids_of, struct_elements


def structure_faults(pdf: Pdf) -> Iterator[str]:
    root = look(pdf.Root, "/StructTreeRoot")
    if root is None or look(root, "/ParentTree") is None or not kids_of(root):
        yield "no tags"
        return
    if look(root, "/Namespaces") is not None:
        yield "tags of PDF 2.0"
    role = Roles(root)
    top = tops(root, role)
    if any(not isinstance(kid, Dictionary) or "/S" not in kid for kid in top):
        yield "content that hangs directly in the document"
        return
    for rule in RULES:
        yield from rule(root, role)


def tops(root: Object, role: Callable[[Object], str]) -> list[Object]:
    """Return the outermost elements, without a Document around them all."""
    kids = kids_of(root)
    is_document = len(kids) == 1 and isinstance(kids[0], Dictionary) and role(kids[0]) == "Document"
    return kids_of(kids[0]) if is_document else kids


def elements_below(element: Object) -> list[Object]:
    return [kid for kid in kids_of(element) if isinstance(kid, Dictionary) and "/S" in kid]


def nesting(root: Object, role: Roles) -> Iterator[str]:
    for element in struct_elements(root):
        tag = role(element)
        if tag not in KNOWN:
            yield f"an unknown tag ({tag})"
        parent = element.get("/P")
        inside = role(parent) if isinstance(parent, Dictionary) and "/S" in parent else ""
        if inside not in MUST_STAND_IN.get(tag, {inside}):
            yield f"{tag} inside of {inside or 'nothing'}"
        if inside in MAY_HOLD and tag not in MAY_HOLD[inside]:
            yield f"{tag} inside of {inside}"
        if "/C" in element:
            yield "attributes by class"
        if any(isinstance(kid, Dictionary) and "/Stm" in kid for kid in kids_of(element)):
            yield "tags inside of a drawing"


def descriptions(root: Object, role: Roles) -> Iterator[str]:
    ids: set[str] = set()
    for element in struct_elements(root):
        tag = role(element)
        if tag in ("Figure", "Formula") and not (words(element, "/Alt") or words(element, "/ActualText")):
            yield f"{tag} without a description"
        if tag == "Note" and not words(element, "/ID"):
            yield "a note without an id"
        if "/ID" in element and (not isinstance(element.ID, String) or str(element.ID) in ids):
            yield "an id that is not the only one"
        ids.add(words(element, "/ID"))


def headings(root: Object, role: Roles) -> Iterator[str]:
    above = 0
    for element in struct_elements(root):
        if found := HEADING.fullmatch(role(element)):
            if int(found[1]) > above + 1:
                yield f"a heading of level {found[1]} after one of level {above}"
            above = int(found[1])


def tables(root: Object, role: Roles) -> Iterator[str]:
    for table in struct_elements(root):
        if role(table) == "Table":
            yield from table_faults(table, role)


def table_faults(table: Object, role: Roles) -> Iterator[str]:
    parts = [role(kid) for kid in elements_below(table)]
    if parts.count("THead") > 1 or parts.count("TFoot") > 1 or ("Caption" in parts[1:-1]):
        yield "a table whose parts are out of order"
    if {"THead", "TFoot"} & set(parts) and ("TBody" not in parts or "TR" in parts):
        yield "a table with a head and no body"
    rows = [
        row
        for kid in elements_below(table)
        for row in ([kid] if role(kid) == "TR" else elements_below(kid) if role(kid) in ROWS else [])
    ]
    if not is_even(rows):
        yield "a table whose rows are of different length"
    for cell in (cell for row in rows for cell in elements_below(row)):
        if role(cell) == "TH" and attribute(cell, "/Scope") is None:
            yield "a header cell that does not say what it heads"


def is_even(rows: list[Object]) -> bool:
    """Say whether all rows, with cells that reach into them from above, have as many columns."""
    reaching: list[tuple[int, int]] = []  # (columns, rows left) of cells that go on below
    lengths = set()
    for row in rows:
        spans = [(span(cell, "/ColSpan"), span(cell, "/RowSpan")) for cell in elements_below(row)]
        lengths.add(sum(columns for columns, _left in [*reaching, *spans]))
        reaching = [(columns, left - 1) for columns, left in [*reaching, *spans] if left > 1]
    return len(lengths) == 1 and not reaching


def span(cell: Object, name: str) -> int:
    return int(attribute(cell, name) or 1)


def links(root: Object, role: Roles) -> Iterator[str]:
    """Every annotation that the tags name must be named by a Link, once."""
    seen = set()
    for element in struct_elements(root):
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                if role(element) != "Link" or kid.Obj.objgen in seen:
                    yield "an annotation that is not in one Link"
                seen.add(kid.Obj.objgen)


RULES: tuple[Callable[[Object, Roles], Iterator[str]], ...] = (nesting, descriptions, headings, tables, links)
