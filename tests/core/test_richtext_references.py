from django.utils.translation import override

from core.richtext.clean import sanitise
from core.richtext.references import (
    FigureRef,
    OwnWords,
    attached,
    figure_refs,
    fill,
    fill_to_write,
    own_words,
    typed_words,
)

NET = FigureRef.of("finance.net", {"form": "words", "area": "EB"})
DONE = FigureRef.of("fact.value", {"key": "unexecuted.executed"})
TEXT = f"<p>Det blev {NET.chip('57,7 miljoner')} och {DONE.chip('sju')}, alltså {NET.chip('57,7')}.</p>"


def test_the_values_of_a_text_come_in_its_order_as_often_as_they_stand_there():
    assert figure_refs(TEXT) == [NET, DONE, NET]


def test_a_value_is_known_by_name_arguments_and_form():
    assert FigureRef("finance.net", (("area", "EB"), ("form", "words")), "words") == NET
    assert DONE.form == ""


def test_a_value_without_readable_arguments_has_none():
    assert figure_refs('<p><span data-figure="a.b" data-args="{nonsens">7</span></p>') == [FigureRef("a.b")]


def test_a_chip_is_stored_as_it_is_made():
    chip = FigureRef.of("a.b", {"key": 'med "citat" & <tecken>'}).chip("5 < 7")

    assert sanitise(f"<p>{chip}</p>") == sanitise(sanitise(f"<p>{chip}</p>"))
    assert figure_refs(chip) == [FigureRef("a.b", (("key", 'med "citat" & <tecken>'),))]


def test_values_are_written_anew_wherever_they_stand():
    filled = fill(TEXT, {NET: "58,1 miljoner", DONE: "åtta"})

    assert (
        filled
        == f"<p>Det blev {NET.chip('58,1 miljoner')} och {DONE.chip('åtta')}, alltså {NET.chip('58,1 miljoner')}.</p>"
    )


def test_a_value_that_is_missing_is_said_to_be_missing():
    with override("en"):
        filled = fill(TEXT, {NET: None})

    assert filled.count("[value missing]") == 3
    assert "57,7" not in filled
    assert "sju" not in filled


def test_a_value_that_has_come_is_no_longer_said_to_be_missing():
    assert fill(fill(TEXT, {}), {NET: "1", DONE: "2"}) == fill(TEXT, {NET: "1", DONE: "2"})


def test_a_value_may_be_html_but_only_such_as_fits_into_a_sentence():
    value = '<em>58,1</em> <p>miljoner</p><script>x()</script><a href="/u">länk</a><span class="fig" data-origin="o1">!</span>'

    filled = fill(f"<p>{DONE.chip('x')}</p>", {DONE: value})

    inside = '<em>58,1</em> miljonerlänk<span class="fig" data-origin="o1">!</span>'
    assert filled == f"<p>{DONE.chip('INSIDE')}</p>".replace("INSIDE", inside)


OWN = f"<p>Vi når {DONE.chip('de flesta').replace(' data-args', ' data-own=' + chr(34) + 'sju' + chr(34) + ' data-args')}.</p>"


def test_words_of_ones_own_are_not_written_over_and_are_no_value_of_the_text():
    assert figure_refs(OWN) == []
    assert own_words(OWN) == [OwnWords(DONE, "de flesta", "sju")]
    assert ">de flesta</span>" in fill(OWN, {DONE: "åtta"})


def test_the_editor_is_told_what_the_register_says_beside_words_of_ones_own():
    assert 'data-says="åtta"' in fill_to_write(OWN, {DONE: "åtta"})
    assert "data-says" not in sanitise(fill_to_write(OWN, {DONE: "åtta"}))


def test_a_text_that_is_taken_over_follows_its_sources_again():
    assert fill(attached(OWN), {DONE: "åtta"}) == f"<p>Vi når {DONE.chip('åtta')}.</p>"


def test_what_was_typed_is_left_when_the_values_are_taken_out():
    assert typed_words(TEXT).count("\ufffc") == 3
    assert "57,7" not in typed_words(TEXT)
