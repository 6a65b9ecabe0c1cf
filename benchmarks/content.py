"""The content of a composition as one HTML document, for a plain run of the very same."""

import re

from django.utils.html import format_html

from reports.composing import Composition, Part
from reports.services.wanted import page_html

BODY = re.compile(r"<body class=\"([^\"]*)\">(.*)</body>", re.DOTALL)
# Each part begins on a new page. The contents find their pages as CSS does it, in the same run.
STYLE = """
.part + .part { break-before: page; }
.found::after { content: target-counter(attr(href), page); }
"""


def one_document(composition: Composition) -> str:
    """Return the whole as one HTML document: the same bodies under the same letterheads."""
    pages = {
        part.key: format_html('<a class="found" href="#{}"></a>', part.key) for part in composition.parts
    }
    bodies = "".join(_body(part, pages) for part in composition.parts)
    accent = composition.parts[0].furniture["accent"]
    return (
        f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{composition.title}</title>'
        f"<style>:root {{ --accent: {accent}; }} {STYLE}</style></head><body>{bodies}</body></html>"
    )


def _body(part: Part, pages: dict[str, str]) -> str:
    context = {"pages": pages} if part.contents else {}
    whole = page_html(part, **context)
    found = BODY.search(whole)
    if not found:
        raise ValueError("The shell of a part has no body of a class.")
    style, body = found.groups()
    return f'<div class="part {style}" id="{part.key}">{_with_own_links(body)}</div>'


def _with_own_links(body: str) -> str:
    """Turn links between parts into links within the document."""
    return re.sub(r'href="xref:(?:[^"#]*#)?', 'href="#', body)
