"""How far a meeting has come is said in one word, in lists and on its own page."""

import pytest

from cases.agenda.presenting import way_of
from committee.models import Meeting


@pytest.mark.parametrize("status", list(Meeting.Status))
def test_the_meetings_page_has_the_word_that_the_lists_have(status):
    way = way_of(Meeting(status=status))

    assert [step["label"] for step in way if step["state"] == "now"] == [status.label]


@pytest.mark.parametrize("status", sorted(Meeting.CALLED_OFF))
def test_a_meeting_that_was_called_off_goes_no_further(status):
    assert [step["state"] for step in way_of(Meeting(status=status))] == ["done", "now"]
