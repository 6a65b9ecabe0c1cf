"""Pages of foreign files as pictures: as their reader saw them, and their text found behind."""

import io
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings
from PIL import ImageChops, ImageStat

from reports.annexes.drawing import DPI, POINTS, Undrawable, opened, picture_of
from reports.annexes.pictures import Packed
from reports.annexes.pieces import CHUNK, pieces_of
from reports.pdf.inspect import inspect_part
from reports.pdf.objects import words
from reports.pdf.tags import struct_elements, tag_of
from tests.papers import pages_of, texts_of
from tests.reports import foreign
from tests.reports.annexes import annex, pdf_of

UPRIGHT_WHEN_TURNED = "0 1 -1 0 150 50"  # text that runs upwards, as on a page that is turned a quarter


def drawn(content: bytes, number: int = 1):
    with opened(io.BytesIO(content)) as document:
        return document.draw(number)


def made(content: bytes, title: str = "Ritning") -> list[bytes]:
    return [pdf_of(piece) for piece in pieces_of(annex(content, title))]


# As the reader saw it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "rotate", "shown"),
    [
        (foreign.A4, 0, (595, 842)),
        (foreign.A4_ON_ITS_SIDE, 0, (842, 595)),
        (foreign.A3, 0, (842, 1191)),
        (foreign.A4, 90, (842, 595)),
        (foreign.A4, 180, (595, 842)),
        (foreign.A4, 270, (842, 595)),
    ],
)
def test_a_page_keeps_its_size_and_the_way_it_was_turned(size, rotate, shown):
    [part] = made(foreign.written("Hej", size=size, rotate=rotate))

    with pikepdf.open(io.BytesIO(part)) as pdf:
        [page] = pdf.pages
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        assert (round(right - left), round(top - bottom)) == shown
        assert "/Rotate" not in page.obj


def test_the_text_of_a_turned_page_stands_where_it_is_seen():
    page = drawn(foreign.written("Hyra 2023", rotate=90, matrix=UPRIGHT_WHEN_TURNED))

    [line] = page.lines
    assert line.text == "Hyra 2023"
    assert line.width > 3 * line.height
    assert (round(line.left), round(line.top + line.height)) == (50, pytest.approx(153, abs=5))


def test_pages_of_several_sizes_stand_in_one_part():
    pdf = pikepdf.open(io.BytesIO(foreign.pages(3)))
    pdf.pages[1].MediaBox = pikepdf.Array([0, 0, 1191, 842])

    [part] = made(foreign.saved(pdf))

    with pikepdf.open(io.BytesIO(part)) as pdf:
        assert [round(float(page.mediabox[2])) for page in pdf.pages] == [595, 1191, 595]


def test_a_reviewers_note_is_drawn():
    bare = drawn(foreign.written("Hej")).picture

    assert drawn(foreign.changed(foreign.written("Hej"), foreign.note_on)).picture != bare


@pytest.mark.parametrize(
    ("content", "kind", "most"),
    [
        (foreign.written("Bara text"), "4 bits", 20),
        (foreign.coloured_text(), "8 bits", 20),
        (foreign.scanned(), "image/png", 200),
        (foreign.scanned(coloured=True), "image/jpeg", 400),
    ],
    ids=["text", "coloured text", "shades", "photo"],
)
def test_a_page_becomes_the_smallest_kind_of_picture(content, kind, most):
    picture = drawn(content).picture

    assert (f"{picture.bits} bits" if isinstance(picture, Packed) else picture.mime) == kind
    assert len(picture.data) < most * 1024


@pytest.mark.parametrize("content", [foreign.written("Bara text"), foreign.coloured_text()])
def test_a_page_of_text_is_on_paper_as_it_was_drawn_with_few_colours(content):
    with opened(io.BytesIO(content)) as document, document._page(1) as page:
        before = picture_of(page, DPI / POINTS)

    [part] = made(content)

    with pikepdf.open(io.BytesIO(part)) as pdf:
        [image] = pdf.pages[0].images.values()
        after = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    lost = ImageStat.Stat(ImageChops.difference(before, after))
    assert max(lost.mean) < 0.5
    assert max(high for _low, high in lost.extrema) < 30
    assert after.getpixel((5, 5)) == (255, 255, 255)


def test_pages_that_look_the_same_in_part_keep_their_own_pictures():
    [part] = made(foreign.pages(3))

    with pikepdf.open(io.BytesIO(part)) as pdf:
        pictures = {image.read_raw_bytes() for image in pdf.pages[0].images.values()}
    assert len(pictures) == 3


def test_a_scanned_page_has_no_text_and_is_shown_all_the_same():
    assert drawn(foreign.scanned()).lines == []
    assert len(made(foreign.scanned())) == 1


def test_a_drawing_as_large_as_a_wall_takes_no_more_memory_than_the_largest_picture():
    [part] = made(foreign.written("Plan", size=(14_000, 14_000)))

    with pikepdf.open(io.BytesIO(part)) as pdf:
        [picture] = pdf.pages[0].images.values()
        assert picture.Width * picture.Height <= 9_010_000


@pytest.mark.parametrize(
    ("size", "shown"), [((20_000, 500), (14_399.9, 360)), ((2, 100), (3.1, 155)), ((14_000, 4), (14_000, 4))]
)
def test_a_page_larger_or_smaller_than_may_be_is_scaled_to_what_may_be(size, shown):
    [part] = made(foreign.written("Band", size=size))

    with pikepdf.open(io.BytesIO(part)) as pdf:
        found = [float(edge) for edge in pdf.pages[0].mediabox[2:]]
    assert found == pytest.approx(shown, abs=0.1)
    assert inspect_part(part) == (1, [])


def test_the_text_of_a_scaled_page_stands_where_it_is_seen():
    whole = drawn(foreign.written("Band", size=(14_000, 500), matrix="1 0 0 1 50 350"))
    scaled = drawn(foreign.written("Band", size=(28_000, 1_000), matrix="2 0 0 2 100 700"))

    [line], [same] = whole.lines, scaled.lines
    assert (same.left, same.width) == pytest.approx((line.left * 1.028, line.width * 1.028), rel=0.01)


def test_a_page_that_is_not_there_cannot_be_drawn():
    with pytest.raises(Undrawable):
        drawn(foreign.pages(1), 2)


# The text behind ---------------------------------------------------------------------------------


def test_the_words_are_found_page_by_page():
    [part] = made(foreign.written("Första raden\nAndra raden", "Hyra och värme"))

    assert pages_of(part) == [
        "Ritning Första raden Andra raden Bilaga: Ritning · 1 (2)",
        "Hyra och värme Bilaga: Ritning · 2 (2)",
    ]


def test_a_page_is_read_aloud_as_a_described_picture_and_then_its_text():
    [part] = made(foreign.pages(2), "Ritning över Åsen")

    with pikepdf.open(io.BytesIO(part)) as pdf:
        found = [
            (tag_of(element), words(element, "/Alt")) for element in struct_elements(pdf.Root.StructTreeRoot)
        ]
    told = [(tag, alt) for tag, alt in found if tag in {"H1", "Figure", "P"}]
    assert told == [
        ("H1", ""),
        ("Figure", "Sida 1 av 2 i Ritning över Åsen"),
        ("P", ""),
        ("Figure", "Sida 2 av 2 i Ritning över Åsen"),
        ("P", ""),
    ]


def test_what_was_cropped_away_is_not_behind_the_picture_either():
    def crop(pdf):
        pdf.pages[0].CropBox = pikepdf.Array([0, 690, 595, 842])

    content = foreign.changed(foreign.written("Synligt\n\n\nBortskuret"), crop)

    assert [line.text for line in drawn(content).lines] == ["Synligt"]


def test_text_that_looks_like_html_stays_text():
    [part] = made(foreign.written("<b>1 < 2</b> &amp;"), "<i>Bilaga</i>")

    assert "<b>1 < 2</b> &amp;" in texts_of(part)[0]
    assert "<i>Bilaga</i>" in texts_of(part)[0]


def test_letters_that_no_font_has_do_not_stop_the_page():
    page = foreign.written("Hej")
    unknown = foreign.changed(page, private_letters)

    assert len(made(unknown)) == 1


def private_letters(pdf):
    """Let the file say that its H means a letter of its maker's own."""
    meaning = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
    meaning += b"endcodespacerange 1 beginbfchar <48> <E123> endbfchar endcmap end"
    pdf.pages[0].Resources.Font.F1.ToUnicode = pdf.make_stream(meaning)


# In chunks ---------------------------------------------------------------------------------------


def test_a_long_annex_becomes_parts_of_ten_pages_of_which_the_first_is_named():
    pieces = pieces_of(annex(foreign.pages(23)))

    assert [(piece.suffix, piece.level) for piece in pieces] == [("", 2), ("-2", 0), ("-3", 0)]
    with pikepdf.open(io.BytesIO(pdf_of(pieces[2]))) as pdf:
        assert len(pdf.pages) == 3
    assert "Sidan nummer 21" in texts_of(pdf_of(pieces[2]))[0]


def test_composing_opens_no_file():
    def refuse():
        raise AssertionError("opened")

    assert len(pieces_of(annex(foreign.pages(60), open=refuse))) == 60 / CHUNK


def test_a_piece_is_known_again_by_its_content_and_by_what_is_said_of_it():
    content = foreign.pages(11)
    before = [piece.fingerprint for piece in pieces_of(annex(content))]

    assert [piece.fingerprint for piece in pieces_of(annex(content))] == before
    assert len(set(before)) == 2
    assert not set(before) & {piece.fingerprint for piece in pieces_of(annex(content, "Annan titel"))}
    assert not set(before) & {piece.fingerprint for piece in pieces_of(annex(foreign.pages(12)))}


def test_the_same_piece_gives_the_same_bytes():
    content = foreign.pages(2)

    assert made(content) == made(content)


PEAK = """
import resource, sys
import django
django.setup()
from reports.annexes.drawing import opened
from reports.annexes.images import html_of
with open(sys.argv[1], "rb") as file:
    with opened(file) as document:
        total = len(document)
    for first in range(1, total + 1, 10):
        html_of(file, range(first, min(first + 10, total + 1)), title="Ritning", total=total)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path) -> int:
    """Return the peak memory in MiB of a process of its own that draws the file chunk by chunk."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    return int(done.stdout) // 1024


def test_sixty_pages_take_no_more_memory_than_ten(tmp_path):
    short, long = tmp_path / "short.pdf", tmp_path / "long.pdf"
    short.write_bytes(foreign.pages(10))
    long.write_bytes(foreign.pages(60))

    assert peak(long) < peak(short) + 40
