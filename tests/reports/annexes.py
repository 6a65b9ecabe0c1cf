"""Annexes as a composer has them, and their pieces made into parts as the engine makes them."""

import datetime as dt
import hashlib
import io

from django.template.loader import render_to_string

from reports.annexes.judging import judge
from reports.annexes.pieces import Annex, AnnexPiece, pieces_of
from reports.pdf import render
from reports.pdf.orders import AssemblyPart
from tests.reports import paper


def annex(content: bytes, title: str = "Ritning", **fields) -> Annex:
    judgement = judge(io.BytesIO(content))
    known = {
        "title": title,
        "filename": f"{title}.pdf",
        "mime": "application/pdf",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "verdict": judgement.verdict,
        "open": lambda: io.BytesIO(content),
        "reason": judgement.reason,
        "pages": judgement.pages,
        "dated": dt.date(2023, 5, 16),
    }
    return Annex(**known | fields)


def pdf_of(piece: AnnexPiece) -> bytes:
    if piece.pdf:
        return piece.pdf()
    if piece.html:
        return render.render(piece.html())
    return paper(render_to_string(piece.template, {"data": piece.data}))


def parts_of(key: str, whole: Annex) -> list[AssemblyPart]:
    return [
        AssemblyPart(key + piece.suffix, piece.title, pdf_of(piece), piece.level, not piece.template)
        for piece in pieces_of(whole)
    ]
