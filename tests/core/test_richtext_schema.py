import pytest

from core.richtext.clean import sanitise
from core.richtext.schema import attribute_filter, canonical_args


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Två</h2><h3>Tre</h3><h4>Fyra</h4>",
        "<p>a <strong>b</strong> <em>c</em><br>d</p>",
        '<ol start="3" type="a" data-type="lower-alpha"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>',
        '<table><tbody><tr><th colspan="2"><p>A</p></th></tr><tr><td rowspan="2"><p>b</p></td></tr></tbody></table>',
        '<p><a href="https://lindvassa.example/a" title="t">l</a> <a href="/cases/1/">m</a></p>',
        '<p><span data-figure="finance.net" data-args="{&quot;form&quot;:&quot;words&quot;}">sju</span></p>',
        '<p><span data-figure="a.b" data-own="fyra av fem mål">de flesta</span></p>',
        '<p><span data-reference="SN/2023:00183" data-paragraph="§ 41" data-date="2023-03-12">x</span></p>',
        '<p><span data-footnote="">Protokoll.</span> <span data-mask="26:1">hemligt</span></p>',
    ],
)
def test_all_that_the_editor_can_write_is_stored_as_it_is(html):
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data-figure", "Finance.net"),
        ("data-figure", "finance"),
        ("data-reference", "<KS>"),
        ("data-paragraph", "41"),
        ("data-date", "12 mars"),
        ("colspan", "1000000"),
        ("rowspan", "0"),
        ("start", "-1"),
        ("type", "disc"),
        ("data-args", '["a"]'),
        ("data-args", '{"a": [1]}'),
        ("data-args", '{"a": true}'),
        ("data-args", '{"a": "\\u0000"}'),
        ("data-args", '{"a": "\\ud800"}'),
        ("data-args", "{" * 700),
        ("data-args", '{"a": ' + "9" * 5000 + "}"),
    ],
)
def test_an_attribute_with_a_value_of_no_meaning_is_left_out(name, value):
    assert attribute_filter("span", name, value) is None


@pytest.mark.parametrize("name", ["data-mask", "data-footnote"])
def test_a_bad_value_does_not_bring_what_is_hidden_into_the_open(name):
    assert sanitise(f'<p><span {name}="nonsens">x</span></p>') == f'<p><span {name}="">x</span></p>'


def test_words_of_ones_own_stay_so_when_what_was_said_then_cannot_be_kept():
    assert sanitise('<p><span data-figure="a.b" data-own="en\nrad">x</span></p>') == (
        '<p><span data-figure="a.b" data-own="">x</span></p>'
    )


def test_arguments_have_one_way_of_writing():
    assert (
        canonical_args('{ "period": "this", "area": "Äldre" , "n": 2 }')
        == '{"area":"Äldre","n":2,"period":"this"}'
    )


def test_a_mask_over_several_blocks_is_given_to_each():
    html = '<span data-mask="26:1"><p>a</p><ul><li>b<ul><li><p>c</p></li></ul></li></ul></span><p>d</p>'

    assert sanitise(html) == (
        '<p><span data-mask="26:1">a</span></p><ul><li><span data-mask="26:1">b</span>'
        '<ul><li><p><span data-mask="26:1">c</span></p></li></ul></li></ul><p>d</p>'
    )


def test_a_mask_survives_tags_that_are_taken_away_inside_it():
    html = '<p>a <span data-mask="">b<button><p>hemligt</p></button></span> c</p>'

    assert '<p><span data-mask="">hemligt</span></p>' in sanitise(html)


def test_a_span_that_is_mask_and_value_in_one_becomes_two():
    assert sanitise('<p><span data-mask data-figure="a.b">7</span></p>') == (
        '<p><span data-mask=""><span data-figure="a.b">7</span></span></p>'
    )
