import pytest
from django.utils.translation import override

from core.richtext.plain import plain_text, text_to_compare
from core.richtext.public import public_copy

BLANK = '<span class="masked">[masked]</span>'


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("html", "public"),
    [
        ("<p>Ingen mask &amp; &lt;inget&gt; fel</p>", "<p>Ingen mask &amp; &lt;inget&gt; fel</p>"),
        (
            '<p>a <span data-mask="25:1">b <strong>c</strong> <span data-figure="x.y">5</span><br>d</span> e</p>',
            f"<p>a {BLANK} e</p>",
        ),
        ('<p><span data-mask="">a<span data-footnote="">not</span></span></p>', f"<p>{BLANK}</p>"),
        ('<p><span data-mask="25:1">a</span><span data-mask="26:1">b</span></p>', f"<p>{BLANK}</p>"),
        ('<p><span data-mask="">a</span> <span data-mask="">b</span></p>', f"<p>{BLANK} {BLANK}</p>"),
        ('<p><a href="https://x.example/anna"><span data-mask="">Anna</span></a></p>', f"<p>{BLANK}</p>"),
        ('<span data-mask=""><h2>a</h2><p>b</p></span>', f"<h2>{BLANK}</h2><p>{BLANK}</p>"),
        (
            "<table><tbody><tr><td><span data-mask>a</span></td></tr></tbody></table>",
            f"<table><tbody><tr><td>{BLANK}</td></tr></tbody></table>",
        ),
        ('<p>a <span data-mask="">hemligt', f"<p>a {BLANK}</p>"),
        ("<p>a <span data-mask>b</p></span></button> c", f"<p>a {BLANK}</p> c"),
    ],
)
def test_what_is_masked_is_not_in_the_public_copy(html, public):
    assert public_copy(html) == public


def test_when_nobody_can_tell_what_is_secret_nothing_is_public():
    html = "<p>" + "<ul><li>" * 5000 + "<span data-mask>hemligt</span>"

    assert public_copy(html) == ""
    assert plain_text(html) == ""


def test_the_words_of_a_text_are_lines_cells_and_notes_in_brackets():
    html = (
        "<h2>Läget</h2><p>Det\u00a0är <strong>bra</strong>,<br>säger  alla<span data-footnote>Utom en.</span>.</p>"
        "<table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td><p>1</p><p>2</p></td><td></td></tr></tbody>"
        "</table><ul><li><p>ett</p><ul><li><p>två</p></li></ul></li></ul>"
    )

    assert plain_text(html) == "Läget\nDet är bra,\nsäger alla (Utom en.).\nA\tB\n1 2\nett\ntvå"


def test_a_table_is_compared_row_by_row_with_its_cells_divided():
    html = (
        "<p>Läget</p><table><tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>"
    )

    assert text_to_compare(html) == "Läget\nA | B\n1 | 2"


def test_the_words_of_a_secret_come_only_when_asked_for():
    html = '<p>Hon heter <span data-mask="26:1">Anna <span data-figure="a.b">7</span></span>.</p>'

    assert plain_text(html) == "Hon heter [masked]."
    assert plain_text(html, included=True) == "Hon heter Anna 7."
