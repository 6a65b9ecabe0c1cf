"""The parts that one annex becomes in a file: told without opening it, made when somebody asks."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from core.calling import call
from reports.annexes.verdict import Reason, Verdict
from reports.pdf.orders import Embedded

VERSION = 2  # of how annexes are made: raise it when the same file should become other pages
CHUNK = 10  # pages drawn at a time: some 3 MB of pictures, whatever the length of the annex


@dataclass(frozen=True, slots=True)
class Annex:
    """A file that goes with the papers, as it was judged.

    `open` gives its content as a binary file that can seek, which the caller closes; nothing calls it before
    a piece is made.
    """

    title: str
    filename: str
    mime: str
    sha256: str
    size: int  # bytes
    verdict: Verdict
    open: Callable[[], BinaryIO]
    reason: Reason = Reason.NOTHING
    pages: int | None = None  # known whenever it is merged or drawn
    dated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AnnexPiece:
    """A part of the file made of (a share of) an annex. Exactly one of `html`, `pdf` and `template` is set.

    `html()` is a complete document for `reports.pdf.render`; `pdf()` is a part as `render` would give it;
    `template` with `data` is a body for the ordinary shell, with letterhead. `level` is its place in the outline,
    0 for a piece that goes on with the one before it. `fingerprint` is the same as long as the pages are.
    """

    suffix: str  # to the annex's key: nothing for the first piece, then -2, -3 …
    title: str
    level: int
    fingerprint: str
    html: Callable[[], str] | None = None
    pdf: Callable[[], bytes] | None = None
    template: str = ""
    data: Mapping[str, Any] | None = None
    embeds: bool = False  # the original is to be embedded in the file, see `embedded`


def pieces_of(annex: Annex, *, level: int = 2) -> list[AnnexPiece]:
    """Return the parts that the annex becomes, in order, without opening it."""
    return list(MAKERS[annex.verdict](annex, level))


def embedded(annex: Annex) -> Embedded:
    """Return the original for `assemble(attachments=…)`; reads it whole."""
    with annex.open() as file:
        data = file.read()
    return Embedded(annex.filename, data, annex.mime, annex.title, "Supplement", annex.dated)


def fingerprint(annex: Annex, *what: object) -> str:
    words = [VERSION, annex.sha256, str(annex.verdict), annex.title, *what]
    return hashlib.sha256("\x1f".join(map(str, words)).encode()).hexdigest()


def merged(annex: Annex, level: int) -> Iterator[AnnexPiece]:
    yield AnnexPiece(
        "",
        annex.title,
        level,
        fingerprint(annex),
        pdf=partial(call, "reports.annexes.merged.prepared", annex),
    )


def images(annex: Annex, level: int) -> Iterator[AnnexPiece]:
    total = annex.pages or 0
    for number, first in enumerate(range(1, total + 1, CHUNK), start=1):
        pages = range(first, min(first + CHUNK, total + 1))
        yield AnnexPiece(
            suffix="" if number == 1 else f"-{number}",
            title=annex.title,
            level=level if number == 1 else 0,
            fingerprint=fingerprint(annex, total, pages),
            html=partial(call, "reports.annexes.images.drawn", annex, pages, total),
        )


def divider(annex: Annex, level: int) -> Iterator[AnnexPiece]:
    data = {
        "title": annex.title,
        "filename": annex.filename,
        "size": annex.size,
        "pages": annex.pages,
        "reason": str(Reason(annex.reason).label),
    }
    yield AnnexPiece(
        suffix="",
        title=annex.title,
        level=level,
        fingerprint=fingerprint(annex, *data.values()),
        template="reports/print/annex_divider.html",
        data=data,
        embeds=True,
    )


MAKERS = {Verdict.MERGED: merged, Verdict.IMAGES: images, Verdict.ATTACHED: divider}
