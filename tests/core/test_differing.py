import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.differing import words_between


def marked(before, after):
    """Return the difference as one reads it: `[-old-]`, `{+new+}`."""
    shapes = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(shapes[kind].format(text) for kind, text in words_between(before, after))


READ = [
    ("Nämnden har sju beslut", "Nämnden har åtta beslut", "Nämnden har [-sju-]{+åtta+} beslut"),
    (
        "Nämnden har en utsedd funktion för sammanhållen uppföljning.",
        "Nämnden har en beslut om gemensam uppföljning.",
        "Nämnden har en [-utsedd funktion för sammanhållen-]{+beslut om gemensam+} uppföljning.",
    ),
    ("röda och blå hus", "gula och vita hus", "[-röda och blå-]{+gula och vita+} hus"),
    ("Barn – unga här", "Äldre – vuxna här", "[-Barn – unga-]{+Äldre – vuxna+} här"),
]


@pytest.mark.parametrize(("before", "after", "read"), READ)
def test_one_reads_the_old_words_and_then_those_in_their_place(before, after, read):
    assert marked(before, after) == read


def test_changes_that_a_longer_word_parts_are_told_apart():
    assert marked("sju beslut nu", "åtta beslut då") == "[-sju-]{+åtta+} beslut [-nu-]{+då+}"


def test_changes_on_lines_of_their_own_are_told_apart():
    assert marked("ett\ntvå", "tre\nfyra") == "[-ett-]{+tre+}\n[-två-]{+fyra+}"


@given(st.text("ab \n"), st.text("ab \n"))
def test_the_pieces_hold_both_texts_whole(before, after):
    pieces = words_between(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
