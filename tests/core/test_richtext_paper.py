import pytest
from django.utils.translation import override

from core.richtext.paper import for_paper
from core.richtext.public import public_copy


def note(number, prefix=""):
    key = f"{prefix}{number}"
    return f'<sup class="note"><a href="#fn-{key}" id="fnref-{key}" role="doc-noteref">{number}</a></sup>'


def notes(*texts, prefix=""):
    items = "".join(
        f'<li id="fn-{prefix}{number}">{text} <a href="#fnref-{prefix}{number}" role="doc-backlink"'
        f' aria-label="Back to note reference {number}">↑</a></li>'
        for number, text in enumerate(texts, start=1)
    )
    return f'<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>{items}</ol></section>'


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
        '<table><thead><tr><th scope="col">Område</th><th scope="col">Utfall</th></tr></thead>'
        '<tbody><tr><th scope="row">Centrum</th><td>31,5</td></tr><tr><td><p>a</p><p>b</p></td><td></td></tr>'
        "</tbody></table>"
    )


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
