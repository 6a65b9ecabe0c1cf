import pytest
from django.test import RequestFactory

from core.few import FEW, few_of

ROWS = list(range(FEW + 3))


@pytest.mark.parametrize(
    ("query", "rows", "shown", "whole"),
    [
        ("", ROWS[:FEW], FEW, ""),
        ("", ROWS, FEW, "?files=all#files"),
        ("documents=all", ROWS, FEW, "?documents=all&files=all#files"),
        ("files=all", ROWS, len(ROWS), ""),
    ],
)
def test_the_first_are_shown_and_the_address_leads_to_all(query, rows, shown, whole):
    few = few_of(RequestFactory().get(f"/cases/1/?{query}"), "files", rows)

    assert (len(few.rows), few.count, few.whole) == (shown, len(rows), whole)
