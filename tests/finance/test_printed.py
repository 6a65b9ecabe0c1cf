"""Our tables say what a real interim report prints, number by number, but for what cannot be right."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from config.demo import finance as demo
from core import blocks, reading

PRINTED = Path(__file__).parents[1] / "fixtures/finance/printed.txt"
# Table of the report → our block and its options, and which columns of ours it prints.
OURS = {
    "T1": ("finance.summary", {}),
    "T2": ("finance.operating", {}),
    "T3": ("finance.bridge", {}),
    "T4": ("finance.accounts", {}),
    "T5": ("finance.outside", {}),
    "T6": ("finance.grants", {}),
    "T7": ("finance.grants", {"kind": "migration"}),
    "T8": ("finance.investments", {}),
    "T9": ("finance.volumes", {}),
    "T10": ("finance.key_figures", {}),
    "T11": ("finance.investments", {"by": "project"}),
    "T12": ("finance.staff", {}),
}
NUMBERS = {
    "T1": 20,
    "T2": 198,
    "T3": 7,
    "T4": 54,
    "T5": 11,
    "T6": 9,
    "T7": 5,
    "T8": 9,
    "T9": 105,
    "T10": 85,
    "T11": 15,
    "T12": 80,
}
WORDS = {"-": "Särredovisas inte"}  # what the report writes otherwise


def printed(name):
    """Return the cells of every row of a table as the report prints it."""
    rows, current = [], None
    for line in PRINTED.read_text("utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif line and current == name:
            rows.append(line.split("\t")[1:])
    return rows


def ours(period, name):
    """Return the cells of every row of our table as the page and the paper show them."""
    block, options = OURS[name]
    with translation.override("sv"):
        html = blocks.html(block, blocks.blocks[block].data(period, options, "staff"))
    return [cells for cells in cells_of(html) if cells]


def cells_of(html):
    """Yield the numbers and words of each row's cells, text columns left out."""
    for row in html.split("<tr")[1:]:
        yield [
            cell.partition("</td>")[0].strip().replace("\xa0", " ")
            for cell in re.split(r'<td class="num(?: absent)?">', row)[1:]
        ]


def same(one, other):
    """Say whether two cells say the same: numbers by value, else by words."""
    try:
        return reading.number(one, percent=True) == reading.number(other, percent=True)
    except reading.Unreadable:
        return WORDS.get(one, one) == other


def differing(period, name):
    """Return every cell that is not what is printed: what is printed, and what is ours."""
    theirs, mine = printed(name), ours(period, name)
    assert [len(row) for row in theirs] == [len(row) for row in mine]
    pairs = [pair for rows in zip(theirs, mine, strict=True) for pair in zip(*rows, strict=True)]
    assert len(pairs) == NUMBERS[name]
    return [pair for pair in pairs if not same(*pair)]


@pytest.mark.parametrize("name", OURS)
def test_every_number_is_the_printed_one_but_for_those_that_cannot_be_right(money, name):
    expected = [(one["printed"], one["ours"]) for one in demo.data()["difference"] if one["table"] == name]

    assert differing(money.autumn, name) == expected


def test_every_difference_says_why():
    assert all(len(one["reason"]) > 20 for one in demo.data()["difference"])
