from hypothesis import given
from hypothesis import strategies as st

from core.differing import words_between


def test_a_changed_word_is_removed_and_added_in_its_place():
    pieces = words_between("Nämnden har sju beslut", "Nämnden har åtta beslut")

    assert [tuple(piece) for piece in pieces] == [
        ("same", "Nämnden har "),
        ("removed", "sju"),
        ("added", "åtta"),
        ("same", " beslut"),
    ]


@given(st.text("ab \n"), st.text("ab \n"))
def test_the_pieces_hold_both_texts_whole(before, after):
    pieces = words_between(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
