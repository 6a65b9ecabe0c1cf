"""A file elsewhere reads as one at hand, and what is not read is not fetched."""

import io
import random

import pytest

from config.piecemeal import BLOCK, Piecemeal

CONTENT = random.Random(7).randbytes(2 * BLOCK + 500)  # noqa: S311


@pytest.fixture
def asked():
    return []


@pytest.fixture
def file(asked):
    def fetch(start, end):
        asked.append((start, end))
        return CONTENT[start:end]

    with io.BufferedReader(Piecemeal(len(CONTENT), fetch)) as opened:
        yield opened


def test_it_reads_as_a_whole(file, asked):
    assert file.read() == CONTENT
    assert asked == [(0, BLOCK), (BLOCK, 2 * BLOCK), (2 * BLOCK, len(CONTENT))]


def test_the_end_of_a_file_is_fetched_without_its_beginning(file, asked):
    file.seek(-100, io.SEEK_END)

    assert file.read() == CONTENT[-100:]
    assert asked == [(2 * BLOCK, len(CONTENT))]


def test_what_lies_across_two_blocks_is_read_in_one_piece(file):
    file.seek(BLOCK - 10)

    assert file.read(20) == CONTENT[BLOCK - 10 : BLOCK + 10]


def test_nothing_is_fetched_twice(file, asked):
    for place in (5, 2 * BLOCK + 5, 5, 2 * BLOCK + 5):
        file.seek(place)
        file.read(1)

    assert len(asked) == 2


def test_beyond_its_end_there_is_nothing(file, asked):
    file.seek(len(CONTENT) + 5)

    assert file.read(5) == b""
    assert asked == []
