"""Paper for the tests of the PDF engine: HTML as a composer would give it, and files made of it."""

from functools import cache
from pathlib import Path

import pikepdf

from reports.pdf import render
from reports.pdf.assemble import assemble
from reports.pdf.orders import Assembled, AssemblyPart, Order
from reports.pdf.tags import struct_elements, tag_of

RISKS = """
<h1>Reviderad internkontrollplan</h1>
<section id="summary"><h2>Sammanfattning</h2>
<p>Två kontroller utgår. Se <a href="#risks">riskerna</a>.</p>
<ol><li>Beslut om ombud.</li><li>Anmälan av ombud.</li></ol></section>
<section id="risks"><h2>Risker</h2>
<table><thead><tr><th scope="col">Risk</th><th scope="col">Värde</th></tr></thead>
<tbody><tr><th scope="row">Ägare saknas</th><td>12</td></tr></tbody></table></section>
"""


@cache
def paper(body: str) -> bytes:
    """Return a part with this body as `render` gives it."""
    return render.render(
        f'<html lang="sv"><title>Internkontrollplan</title><body class="column">{body}</body></html>'
    )


def part(key: str, body: str = RISKS) -> AssemblyPart:
    return AssemblyPart(key, f"Punkt {key}", paper(body))


def bound(target: Path, *parts: AssemblyPart) -> Assembled:
    return assemble(Order(parts, title="Handlingar", author="Socialnämnden", lang="sv", target=target))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """Return the names of the structure elements in reading order."""
    return [tag_of(element) for element in struct_elements(pdf.Root.StructTreeRoot)]
