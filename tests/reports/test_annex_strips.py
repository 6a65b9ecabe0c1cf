"""The strip at the foot of an annex's pages: whose page it is, and the file's number, over nothing of its own."""

import io

import pikepdf
import pytest
from django.utils import translation
from pikepdf import Array, Dictionary, Name

from reports.annexes.drawing import opened
from reports.annexes.labels import label
from reports.annexes.merged import prepare_merged
from reports.annexes.shrinking import Move, moved_target
from reports.pdf import stamp, strip
from tests.papers import pages_of
from tests.reports import foreign, part
from tests.reports.annexes import annex, parts_of
from tests.reports.test_annex_file import bind

A4_WIDTH = 595.0
TO_THE_EDGE = "Överst\n" + "\n" * 47 + "Sida 1 av 2"  # the last line 20 points above the page's edge


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


def lines_of(content: bytes) -> list[list[tuple[str, float]]]:
    """Return the lines of each page, with how far each ends above the page's foot, as it is shown."""
    with opened(io.BytesIO(content)) as document:
        drawn = [document.draw(number) for number in range(1, len(document) + 1)]
    return [[(line.text, page.height - line.top - line.height) for line in page.lines] for page in drawn]


def turned(content: bytes, degrees: int) -> bytes:
    def turn(pdf):
        for page in pdf.pages:
            page.Rotate = degrees

    return foreign.changed(content, turn)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "content", [foreign.conformant(), foreign.written(TO_THE_EDGE, "Två")], ids=["merged", "images"]
)
def test_nothing_of_the_annex_is_where_the_files_number_is(content, degrees, tmp_path):
    target = tmp_path / "handlingar.pdf"

    bind(target, [part("a"), *parts_of("b", annex(turned(content, degrees)))])

    for number, lines in enumerate(lines_of(target.read_bytes())[1:], start=2):
        below = " ".join(text for text, above in lines if above < strip.HEIGHT - 1)
        total = len(lines_of(content))
        assert f"Bilaga: Ritning · {number - 1} ({total})" in below
        assert f"Sida {number} av {total + 1}" in below
        assert len(below) < 50


def test_a_number_of_the_annex_can_be_read_beside_the_files(tmp_path):
    target = tmp_path / "handlingar.pdf"

    bind(target, [part("a"), *parts_of("b", annex(foreign.conformant()))])

    last = pages_of(target)[-1]
    assert "Sida 3 av 3" in last
    assert "Sida 4 av 4" in last


def test_what_was_cropped_away_does_not_come_back_in_the_room_that_is_made():
    def crop(pdf):
        pdf.pages[0].CropBox = Array([100, 100, 400, 500])

    content = foreign.changed(foreign.conformant(), crop)

    with pikepdf.open(io.BytesIO(prepare_merged(io.BytesIO(content)))) as pdf:
        begins = pdf.pages[0].Contents[0].read_bytes().decode()
        assert begins.endswith("cm 100.000 100.000 300.000 400.000 re W n")


def test_links_are_where_their_words_are():
    with pikepdf.open(io.BytesIO(foreign.conformant())) as pdf:
        move = Move(*moved_by(pdf.pages[1]))
        before = [move.points(link.Rect) for link in pdf.pages[1].obj.Annots]

    with pikepdf.open(io.BytesIO(prepare_merged(io.BytesIO(foreign.conformant())))) as pdf:
        after = [link.Rect for link in pdf.pages[1].obj.Annots]

    assert [list(map(float, box)) for box in after] == [list(map(float, box)) for box in before]


def moved_by(page) -> tuple[float, float, float]:
    left, bottom, _right, top = stamp.edges(page)
    scale = strip.scale(stamp.shown_size(page)[1])
    return scale, left * (1 - scale), (bottom + top) / 2 * (1 - scale)  # a page that is turned a quarter


@pytest.mark.parametrize(
    ("view", "after"),
    [
        ((Name.XYZ, 10, 100, 0), [Name.XYZ, 6, 52, 0]),
        ((Name.XYZ, None, 100, None), [Name.XYZ, None, 52, None]),
        ((Name.FitH, 100), [Name.FitH, 52]),
        ((Name.FitR, 0, 0, 10, 100), [Name.FitR, 1, 2, 6, 52]),
        ((Name.Fit,), [Name.Fit]),
    ],
    ids=str,
)
def test_a_link_leads_to_where_its_target_is(view, after):
    pdf = pikepdf.new()
    page = pdf.add_blank_page()

    target = moved_target(Array([page.obj, *view]), {page.obj.objgen: Move(0.5, 1, 2)})

    assert list(target)[1:] == after


def test_a_pattern_moves_with_the_page_and_is_left_to_others_as_it_was():
    def with_pattern(pdf):
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 0])
        pattern = pdf.make_indirect(Dictionary(PatternType=2, Shading=shading, Matrix=[1, 0, 0, 1, 50, 60]))
        for page in pdf.pages:
            page.resources.Pattern = Dictionary(P1=pattern)

    content = foreign.changed(foreign.conformant(), with_pattern)

    with pikepdf.open(io.BytesIO(prepare_merged(io.BytesIO(content)))) as pdf:
        matrices = [[float(number) for number in page.resources.Pattern.P1.Matrix] for page in pdf.pages]
    scales = [strip.scale(height) for height in (841.89, 595.28, 841.89)]
    assert [matrix[0] for matrix in matrices] == pytest.approx(scales, abs=1e-4)
    assert matrices[0] == matrices[2]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ritning", "Bilaga: Ritning · 2 (14)"),
        ("Bilaga 1 Ritning", "Bilaga 1 Ritning · 2 (14)"),
        ("bilagor till  avtalet", "bilagor till avtalet · 2 (14)"),
    ],
)
def test_an_annex_is_called_one_once(title, words):
    assert label(title, 2, 14, A4_WIDTH) == words


def test_a_title_without_room_is_cut_and_a_narrow_page_has_none():
    long = label("Ritning över " + "alla hus " * 30, 2, 14, A4_WIDTH)

    assert len(long) == strip.room(A4_WIDTH)
    assert long.endswith("… · 2 (14)")
    assert label("Ritning", 2, 14, 200) == ""


def test_letters_of_other_alphabets_are_written_as_well_as_can_be():
    assert stamp.coded("Łódź – „Å”…").decode("cp1252") == "Lódz – „Å”…"
