"""Contents print the pages on which the others begin, however many pages they take themselves."""

import pytest

from reports.pdf.errors import AssemblyError
from reports.pdf.settling import settle


def making(*lengths):
    """Return a maker that comes to these many pages, time after time, and what it was given."""
    given, left = [], iter(lengths)

    def make(first_pages):
        given.append(dict(first_pages))
        return next(left)

    return make, given


def test_contents_know_the_first_page_of_every_part():
    make, given = making(1)

    first_pages = settle({"a": 2, "contents": 1, "b": 5}, {"contents": make})

    assert given == [{"a": 1, "contents": 3, "b": 4}] == [first_pages]


def test_contents_that_grow_longer_are_made_again_with_the_new_numbers():
    make, given = making(2, 2)

    first_pages = settle({"contents": 1, "b": 5}, {"contents": make})

    assert [pages["b"] for pages in given] == [2, 3]
    assert first_pages == {"contents": 1, "b": 3}


def test_contents_whose_length_was_guessed_are_made_once():
    make, given = making(2)

    settle({"contents": 2, "b": 5}, {"contents": make})

    assert given == [{"contents": 1, "b": 3}]


def test_parts_without_contents_are_only_counted():
    assert settle({"a": 2, "b": 1, "c": 1}, {}) == {"a": 1, "b": 3, "c": 4}


def test_contents_that_never_settle_are_refused():
    make, _given = making(2, 1, 2, 1, 2)

    with pytest.raises(AssemblyError, match="do not settle"):
        settle({"contents": 1, "b": 1}, {"contents": make})
