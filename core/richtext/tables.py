from itertools import takewhile

from core.richtext.tree import Element


def mark_up_tables(root: Element) -> None:
    """Give every table a head of its leading header rows, and every header cell a scope."""
    for table in [element for element in root if element.tag == "table"]:
        rows = list(_rows(table))
        head = list(takewhile(_is_header, rows))
        for row in rows:
            _scope(row)
        if _is_whole(head) and len(head) < len(rows):
            table.children = [Element("thead", {}, head), Element("tbody", {}, rows[len(head) :])]


def _rows(table):
    for child in table.elements:
        yield from [child] if child.tag == "tr" else [row for row in child.elements if row.tag == "tr"]


def _is_header(row):
    return bool(row.elements) and all(cell.tag == "th" for cell in row.elements)


def _scope(row):
    scope = "col" if _is_header(row) else "row"
    for cell in row.elements:
        if cell.tag == "th":
            cell.attrs["scope"] = scope


def _is_whole(head):
    """Tell whether no cell of the head reaches down into the body, where a head may not reach."""
    return bool(head) and all(
        place + int(cell.attrs.get("rowspan", 1)) <= len(head)
        for place, row in enumerate(head)
        for cell in row.elements
    )
