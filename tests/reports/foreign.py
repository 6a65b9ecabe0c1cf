"""Foreign PDFs, made in the test: what municipalities get from scanners, architects and form makers."""

import io
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.reports import bound, part

A4, A4_ON_ITS_SIDE, A3 = (595, 842), (842, 595), (842, 1191)

ANNEX = """
<h1>Bilaga</h1><p>Se <a href="#later">senare</a> och <a href="https://exempel.se/">webben</a>.</p>
<section id="later" style="break-before: page"><h2>Senare</h2><p>Årshjulet:
<svg width="40" height="40"><title>Årshjul</title><rect width="40" height="40"/></svg></p></section>
"""


@cache
def conformant() -> bytes:
    """Return a file of three pages that claims PDF/A-3a and PDF/UA-1, and is; its second page is turned."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "annex.pdf"
        bound(target, part("a"), part("b", ANNEX))
        return changed(target.read_bytes(), turn_second)


def turn_second(pdf: Pdf) -> None:
    pdf.pages[1].Rotate = 90


def changed(content: bytes, *spoilers, **saving) -> bytes:
    """Return the file with something done to it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for spoiler in spoilers:
            spoiler(pdf)
        return saved(pdf, **saving)


def saved(pdf: Pdf, **saving) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **saving)
    return target.getvalue()


def written(*pages: str, size=A4, rotate: int = 0, matrix: str = "1 0 0 1 50 700") -> bytes:
    """Return an untagged file whose fonts are not embedded, with these words on its pages."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for text in pages:
        page = pdf.add_blank_page()
        page.MediaBox = Array([0, 0, *size])
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf {matrix} Tm 14 TL {lines} ET".encode("cp1252"))
        if rotate:
            page.Rotate = rotate
    return saved(pdf)


def pages(count: int) -> bytes:
    return written(*(f"Sidan nummer {number}\nEn rad till" for number in range(1, count + 1)))


def coloured_text() -> bytes:
    """Return a page of text with a coloured field, as in a letterhead."""
    return changed(
        written("Bara text"),
        lambda pdf: pdf.pages[0].contents_add(b"0.1 0.4 0.2 rg 50 750 200 40 re f", prepend=True),
    )


def scanned(*, coloured: bool = False) -> bytes:
    """Return a page that is a picture and nothing else: grey shades, or a photo of many colours."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=A4)
    shades = bytes(y * 4 for y in range(60) for _x in range(40))
    photo = Random(2023).randbytes(3 * 40 * 60)  # noqa: S311  the same noise every time
    picture = pdf.make_stream(
        photo if coloured else shades,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=60,
        ColorSpace=Name.DeviceRGB if coloured else Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources = Dictionary(XObject=Dictionary(Im=picture))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    return saved(pdf)


def locked(*, to_read: bool = True) -> bytes:
    """Return a file with a password, asked for when it is opened or only when it is changed."""
    lock = pikepdf.Encryption(owner="hemligt", user="hemligt" if to_read else "")
    return changed(written("Hemligt"), encryption=lock)


def dynamic_form() -> bytes:
    def with_xfa(pdf: Pdf) -> None:
        form = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=form)

    return changed(written("Please wait..."), with_xfa)


def without_pages() -> bytes:
    return saved(pikepdf.new())


def damaged() -> bytes:
    """Return a file that lost its end, with its table of contents; most readers mend it."""
    content = written("Trasig men läsbar")
    return content[: content.rindex(b"xref")]


def note_on(pdf: Pdf) -> None:
    """Lay a reviewer's note on the first page."""
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([50, 50, 70, 70]), Contents=String("Obs!")
    )
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), pdf.make_indirect(note)])
