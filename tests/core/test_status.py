import pytest
from django.template import Context

from core.templatetags.marks import status
from tests.secrecy.crawling import visible


@pytest.mark.parametrize(
    ("label", "shown"),
    [("Skrivs", "skrivs"), ("försenat", "försenat"), ("IVO", "IVO"), ("2 stopp", "2 stopp")],
)
def test_the_word_of_a_status_has_no_capital_letter_wherever_it_comes_from(label, shown):
    assert visible(status(Context(), "wait", label)) == shown
