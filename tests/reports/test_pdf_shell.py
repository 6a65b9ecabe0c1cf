"""The paper around a part: both house styles say who writes, when and about what, and pass inspection."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from reports.pdf import render
from reports.pdf.inspect import inspect
from reports.pdf.orders import AssemblyPart
from tests.papers import texts_of
from tests.reports import RISKS, bound

FURNITURE = {
    "style": "ruled",
    "municipality": "Lindvassa kommun",
    "body": "Socialnämnden",
    "label": "Tjänsteskrivelse",
    "accent": "#0b5c6b",
    "date": "2023-05-16",
    "code": "1.2.3.2",
    "number": "SN/2023:00183",
    "unit": "Socialförvaltningen",
    "author": "Jonas Hedin",
    "recipient": "Kommunens revisorer",
    "address": "Lindvassa kommun, 123 45 Lindvassa",
    "visit": "Storgatan 1",
    "phone": "0123-45 60 00",
    "web": "lindvassa.example",
    "org_number": "212000-0000",
    "logo": "",
}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#8a2f2b"/></svg>'
LONG = RISKS + '<p style="break-before: page">Andra sidan.</p>'


def page(body: str = LONG, *, has_cover: bool = False, **furniture) -> str:
    furniture = FURNITURE | furniture
    part = {
        "key": "a",
        "title": "Reviderad plan",
        "lang": "sv",
        "label": furniture["label"],
        "body": body,
        "has_cover": has_cover,
    }
    with translation.override("en"):
        return render_to_string("reports/print/_shell.html", {"part": part, "furniture": furniture})


def texts(html: str) -> list[str]:
    return texts_of(render.render(html))


@pytest.mark.parametrize("style", ["ruled", "column"])
@pytest.mark.parametrize("logo", ["", LOGO], ids=["name", "logo"])
def test_a_document_in_either_house_style_has_no_fault(tmp_path, style, logo):
    pdf = render.render(page(style=style, logo=logo))

    bound(tmp_path / "file.pdf", AssemblyPart("a", "Reviderad plan", pdf))

    assert inspect(tmp_path / "file.pdf") == []


def test_the_ruled_letterhead_says_who_when_and_about_what():
    first, second = texts(page())

    for words in (
        "TJÄNSTESKRIVELSE",
        "Socialnämnden",
        "2023-05-16",
        "Code: 1.2.3.2",
        "Jonas Hedin",
        "Reg. no.: SN/2023:00183",
    ):
        assert words in first
    assert "Storgatan 1" in first
    assert "Storgatan 1" not in second


def test_the_ruled_running_head_on_later_pages_has_the_number_the_title_and_the_page():
    first, second = texts(page())

    assert "1 (2)" in first
    assert "2 (2)" in second
    assert "SN/2023:00183 · Reviderad plan" in second


@pytest.mark.parametrize("style", ["ruled", "column"])
def test_the_head_of_a_later_page_names_the_whole_document_cut_to_one_line(style):
    first, second = texts(page(style=style, document="Delårsrapport 2 2023 " + "för nämnden " * 9))

    assert "Delårsrapport" not in first
    assert "Delårsrapport 2 2023 för nämnden" in second
    assert "…" in second


@pytest.mark.parametrize("style", ["ruled", "column"])
def test_a_report_in_chapters_has_no_number_of_its_own(style):
    for text in texts(page(style=style, by_file=True)):
        assert "(2)" not in text


@pytest.mark.parametrize("style", ["ruled", "column"])
def test_a_cover_names_the_municipality_and_has_a_page_of_its_own(style):
    cover = '<header class="cover"><h1>Plan 2023</h1></header>'

    first, second, _third = texts(page(cover + LONG, has_cover=True, style=style))

    assert "Lindvassa kommun" in first
    assert "Plan 2023" in first
    assert "Jonas Hedin" not in first
    assert "Sammanfattning" in second


def test_the_column_letterhead_has_reference_and_recipient_and_the_page_on_every_page():
    first, second = texts(page(style="column"))

    for words in (
        "Reference",
        "Jonas Hedin",
        "Recipient",
        "Kommunens revisorer",
        "SN/2023:00183",
        "Visiting address",
        "1 (2)",
    ):
        assert words in first
    assert "2 (2)" in second


def test_without_a_unit_and_code_the_other_particulars_move_up():
    html = page(unit="", code="", author="Karin Ahlmark (S)")

    assert "Code:" not in html
    assert html.index("Karin Ahlmark (S)") < html.index("<main>")


def test_what_a_person_typed_into_the_furniture_cannot_become_markup():
    html = page(author="<img src=x>", accent="red}</style><script>")

    assert "<img src=x>" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("height", range(120, 220, 20))
@pytest.mark.parametrize(
    "rest",
    [
        '<table class="measures"><tr class="measure"><th>Mått</th></tr><tr><td>Antal</td></tr></table>',
        '<ul class="together"><li>Mått</li><li>Antal</li></ul>',
    ],
    ids=["table", "list"],
)
def test_what_leads_to_a_table_or_a_list_stands_on_its_page(height, rest):
    body = f'<h1>Mål</h1><div style="height: {height}mm"></div><h2>Målet</h2><p class="lead-in">Så här:</p>{rest}'

    [whole] = [text for text in texts(page(body)) if "Målet" in text]

    assert "Så här:" in whole
    assert "Mått" in whole
    assert "Antal" in whole


@pytest.mark.parametrize("height", range(120, 200, 20))
def test_recipients_never_stand_alone_on_a_page(height):
    body = (
        f'<h1>Plan</h1><div style="height: {height}mm"></div>'
        '<section><h2>Fastställt av</h2><div class="signatures"><p>Jonas</p></div></section>'
        '<section><h2>Skickas till</h2><ul class="recipients"><li>Arkivet</li><li>Revisorerna</li></ul></section>'
    )

    [whole] = [text for text in texts(page(body)) if "Skickas till" in text]

    assert "Fastställt av" in whole


@pytest.mark.parametrize("width", range(26, 46, 4))
def test_words_are_not_divided_where_the_dictionary_knows_no_compound(width):
    words = "socialnämndens kommunarkiv familjehem"

    [text] = texts(page(f'<h1>Plan</h1><div style="width: {width}mm">Även {words} och {words}</div>'))

    for cut in ("soci-", "kommu-", "famil-"):
        assert cut not in text
    assert "kommunarkiv" in text
