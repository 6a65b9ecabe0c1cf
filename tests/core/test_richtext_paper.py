import re

import pytest
from django.utils.translation import override

from core.richtext.paper import for_paper
from core.richtext.public import public_copy


def note(number, prefix=""):
    key = f"{prefix}{number}"
    return f'<sup><a href="#fn-{key}" id="fnref-{key}" role="doc-noteref">{number}</a></sup>'


def notes(*texts, prefix=""):
    items = "".join(
        f'<li id="fn-{prefix}{number}">{text} <a href="#fnref-{prefix}{number}" role="doc-backlink"'
        f' aria-label="Back to note reference {number}">↑</a></li>'
        for number, text in enumerate(texts, start=1)
    )
    return f'<section class="footnotes"><ol aria-label="Notes">{items}</ol></section>'


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("shift", "levels", "on_paper"),
    [
        (0, "2 3 4", "2 3 4"),
        (1, "2 3 4", "3 4 5"),
        (0, "3 3", "2 2"),
        (0, "2 4 4 3 2", "2 3 3 3 2"),
        (2, "4 2 3", "4 4 5"),
        (4, "2 3 4", "6 6 6"),
    ],
)
def test_headings_follow_the_section_and_leave_no_level_out(shift, levels, on_paper):
    html = "".join(f"<h{level}>x</h{level}>" for level in levels.split())

    assert for_paper(html, heading_shift=shift) == "".join(
        f"<h{level}>x</h{level}>" for level in on_paper.split()
    )


def test_a_table_gets_a_head_and_its_header_cells_a_scope():
    html = (
        "<table><tbody><tr><th><p>Område</p></th><th><p>Utfall</p></th></tr>"
        "<tr><th><p>Centrum</p></th><td><p>31,5</p></td></tr><tr><td><p>a</p><p>b</p></td><td><p></p></td></tr>"
        "</tbody></table>"
    )

    assert for_paper(html) == (
        '<table><thead><tr><th scope="col">Område</th><th scope="col" class="num">Utfall</th></tr></thead>'
        '<tbody><tr><th scope="row">Centrum</th><td class="num">31,5</td></tr>'
        '<tr><td><p>a</p><p>b</p></td><td class="num"></td></tr></tbody></table>'
    )


def table_of(*rows):
    heads, *others = [row.split("|") for row in rows]
    lines = [f"<th>{cell}</th>" for cell in heads]
    body = ["".join(f"<td>{cell}</td>" for cell in row) for row in others]
    return f"<table><tr>{''.join(lines)}</tr>{''.join(f'<tr>{row}</tr>' for row in body)}</table>"


def class_of(column, html):
    """Return the classes in one column, the head's first; each cell stands for itself."""
    cells = re.findall(r'<t[hd](?: scope="\w+")?(?: class="(\w+)")?>', for_paper(html))
    width = len(re.findall("<th ", for_paper(html)))
    return cells[column::width]


@pytest.mark.parametrize(
    "values",
    [
        ["7", "20"],
        ["1 127 679", "568\u00a0100"],
        ["−0,5", "-12", "– 3", "+4"],
        ["57,7 mkr", "12 %", "300 kr", "8 tkr"],
        ["7", "–", "-", ""],
    ],
)
def test_a_column_of_numbers_is_aligned_to_the_right_with_its_head(values):
    html = table_of("Beslut|Antal", *(f"a|{value}" for value in values))

    assert class_of(1, html) == ["num"] * (len(values) + 1)
    assert class_of(0, html) == [""] * (len(values) + 1)


@pytest.mark.parametrize(
    "value", ["4 Sannolik", "2022-10-10", "§ 64", "SN/2023:00183", "7 av 9", "1127 6", "–"]
)
def test_a_column_that_holds_anything_but_numbers_is_not(value):
    numbers = ["7"] if value != "–" else []

    assert "num" not in class_of(1, table_of("Beslut|Antal", *(f"a|{one}" for one in [*numbers, value])))


def test_columns_are_counted_past_cells_that_span_several():
    html = (
        '<table><tr><th rowspan="2">Område</th><th colspan="2">Utfall</th></tr><tr><th>2022</th><th>2023</th></tr>'
        '<tr><td rowspan="2">Centrum</td><td>1</td><td>ja</td></tr><tr><td>2</td><td>nej</td></tr>'
        '<tr><td colspan="2">5</td><td>ja</td></tr></table>'
    )

    assert re.findall(r'class="num">(\w+)', for_paper(html)) == ["2022", "1", "2"]


def test_short_cells_beside_long_ones_stay_on_one_line():
    title = "Förutsättningar för nämndernas yttranden över mål och budget"
    html = table_of("Paragraf|Ärende|Antal", f"Lex Sarah|{title}|3", f"§ 64 KF|{title}|–")

    assert class_of(0, html) == ["", "nowrap", "nowrap"]
    assert class_of(1, html) == [""] * 3
    assert class_of(2, html) == ["num"] * 3
    assert "nowrap" not in for_paper(html.replace(title, "Kort"))
    assert "nowrap" not in for_paper(table_of("A|B|C|D|E", f"{title}|{'|'.join(['Medel hög risk'] * 4)}"))


def test_a_head_that_reaches_into_the_body_is_not_cut_off():
    html = '<table><tbody><tr><th rowspan="2">A</th><th>B</th></tr><tr><td>1</td></tr></tbody></table>'

    assert "<thead>" not in for_paper(html)
    assert for_paper(html).count('scope="col"') == 2


def test_list_items_with_one_paragraph_are_tight():
    html = "<ul><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>två</p><p>rader</p></li></ul>"

    assert for_paper(html) == "<ul><li>ett<ul><li>under</li></ul></li><li><p>två</p><p>rader</p></li></ul>"


def test_notes_are_numbered_and_listed_with_ways_there_and_back():
    html = '<p>a<span data-footnote="">Ett &amp; <em>två</em>.</span> b</p><ul><li><p>c<span data-footnote="">Tre.</span></p></li></ul>'

    assert (
        for_paper(html) == f"<p>a{note(1)} b</p><ul><li>c{note(2)}</li></ul>{notes('Ett &amp; två.', 'Tre.')}"
    )


def test_notes_of_several_texts_on_a_page_are_kept_apart():
    html = '<p>a<span data-footnote="">b</span></p>'

    assert (
        for_paper(html, prefix="ekonomi-") == f"<p>a{note(1, 'ekonomi-')}</p>{notes('b', prefix='ekonomi-')}"
    )


def test_a_note_in_a_link_stands_after_it():
    html = '<p><a href="/x">a <strong>b<span data-footnote="">c</span></strong></a></p>'

    assert for_paper(html) == f'<p><a href="/x">a <strong>b</strong></a>{note(1)}</p>{notes("c")}'


def test_a_note_in_a_secret_is_a_secret_in_the_list_too():
    html = '<p><span data-mask="26:1">a<span data-footnote="">hemligt</span></span></p>'

    on_paper = for_paper(html)

    assert '<span data-mask="26:1">hemligt</span>' in on_paper
    assert "hemligt" not in public_copy(on_paper)


def test_what_holds_nothing_is_left_out_and_loose_words_get_a_paragraph():
    html = (
        "<p></p>lösa <strong>ord</strong><h2> </h2><p>text</p><p>\u00a0</p><p><span data-footnote></span></p>"
    )

    assert for_paper(html) == "<p>lösa <strong>ord</strong></p><p>text</p>"


def test_values_and_masks_stay_for_whoever_reads_the_page():
    html = '<p><span data-mask="26:1">x</span> <span data-figure="a.b" data-args="{}" class="fig" data-origin="o1">7</span></p>'

    assert for_paper(html) == html
