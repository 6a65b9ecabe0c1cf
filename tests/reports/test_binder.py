"""The process that binds: a file begun while its last parts are still being made is the file bound in one go."""

import pytest

from reports.pdf import binder
from reports.pdf.errors import AssemblyError
from reports.pdf.orders import AssemblyPart, Order
from tests.reports import bound, part

LINK = '<h1>Kallelse</h1><p>Se <a href="xref:b#risks">riskerna</a> och <a href="xref:d">bilagan</a>.</p>'
PARTS = [part("a", LINK), part("b"), part("c")]


@pytest.fixture(autouse=True)
def _nothing_begun():
    yield
    binder.BEGUN.clear()
    binder.LEFT.clear()


def order(tmp_path, parts):
    return Order(parts, title="Handlingar", author="Socialnämnden", lang="sv", target=tmp_path / "begun.pdf")


@pytest.mark.parametrize("begun", [[], PARTS[:1], PARTS[:2], PARTS], ids=len)
def test_what_was_begun_is_gone_on_with_and_gives_the_same_bytes(begun, tmp_path):
    binder.begin(begun)
    taken = binder.BEGUN[0]

    told = binder.bind(order(tmp_path, PARTS))

    assert told == bound(tmp_path / "whole.pdf", *PARTS)
    assert taken is binder.LEFT[0]


def test_more_of_the_same_file_is_added_to_what_was_begun():
    binder.begin(PARTS[:1])
    taken = binder.BEGUN[0]

    binder.begin(PARTS[:2])

    assert taken is binder.BEGUN[0]
    assert taken.parts == PARTS[:2]


@pytest.mark.parametrize("begun", [PARTS[1:2], [*PARTS, part("d")], [part("a", "<h1>Annat</h1>")]], ids=len)
def test_what_was_begun_of_another_file_is_left_alone(begun, tmp_path):
    binder.begin(begun)

    assert binder.bind(order(tmp_path, PARTS)) == bound(tmp_path / "whole.pdf", *PARTS)
    assert binder.BEGUN == []


def test_a_file_that_was_begun_with_what_is_no_pdf_is_begun_anew(tmp_path):
    with pytest.raises(AssemblyError, match="Trasig"):
        binder.begin([PARTS[0], AssemblyPart("b", "Trasig", b"%PDF-1.7")])

    assert binder.BEGUN == []
    assert binder.bind(order(tmp_path, PARTS)) == bound(tmp_path / "whole.pdf", *PARTS)
