"""The large meeting: grown beside the demo to the size that is asked for, never twice."""

import pytest

from cases.register.models import Section
from committee.models import Meeting
from config.demo.scale import Report
from core.models import Change
from core.richtext.plain import plain_text
from reports.services import make
from tests.demo import grow


def items():
    return list(Meeting.objects.get(starts_at__date="2023-10-17").items.in_order())


@pytest.fixture
def grown(demo_copy, db):
    return grow(2)


def test_it_holds_as_many_reports_as_asked_for(grown):
    assert grown == "The meeting of 2023-10-17 has 2 new reports of 2."
    assert [item.document.status for item in items()] == ["draft", "approved"]


def test_the_same_number_again_changes_nothing(grown):
    before = Change.objects.count()

    again = grow(2)

    assert again == "The meeting of 2023-10-17 has 0 new reports of 2."
    assert Change.objects.count() == before


def test_a_greater_number_adds_what_is_missing_and_leaves_the_rest(grown):
    first = items()

    grow(3)

    assert items()[:2] == first
    assert len({item.case.number for item in items()}) == 3


def test_its_words_are_the_same_each_time_and_others_in_each_report():
    assert Report(7).texts() == Report(7).texts()
    assert len({Report(serial).texts()["matter"] for serial in range(1, 67)}) == 66


def test_no_place_for_a_word_is_left_empty_in_what_was_saved(grown):
    texts = Section.objects.filter(document__items__in=items()).exclude(text="")

    assert len(texts) == 8
    assert not [text for text in texts if set("{}") & set(plain_text(text.text))]


def test_a_report_takes_about_three_pages_of_the_papers(grown):
    meeting = items()[0].meeting

    papers = make(meeting, "handlingar", "staff")

    assert [part.first_page for part in papers.parts.all()] == [1, 2, 3, 4, 6, 7]
    assert papers.pages == 8
