"""What the inspection found is told in the language of who reads it, whenever it was stored."""

from dataclasses import asdict

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from reports.faults import worded
from reports.models import Rendition
from reports.pdf.orders import Fault
from reports.services import make
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory

HEADING = asdict(
    Fault(
        "heading", 3, "A heading of level %(level)s follows one of level %(above)s.", {"level": 4, "above": 2}
    )
)
OLD = {"rule": "alt", "page": None, "message": "100 % of its pictures have no description."}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "En rubrik på nivå 4 följer på en på nivå 2."),
        ("en", "A heading of level 4 follows one of level 2."),
    ],
)
def test_a_fault_is_worded_in_the_readers_language(language, words):
    with translation.override(language):
        assert worded(HEADING) == words


def test_a_fault_that_was_stored_in_plain_words_is_shown_as_it_is():
    assert worded(OLD) == OLD["message"]


def test_the_receipt_tells_of_both_with_their_pages():
    rendition = Rendition(pk=1, size=1, pages=1, faults=[HEADING, OLD])

    with translation.override("sv"):
        receipt = render_to_string(
            "reports/_file.html",
            {"rendition": rendition, "kind": "kallelse", "subject": "1", "pk": 1, "audience": "staff"},
        )

    assert "<li>sida 3: En rubrik på nivå 4 följer på en på nivå 2.</li>" in receipt
    assert "<li>100 % of its pictures have no description.</li>" in receipt


def test_letters_that_no_font_has_are_named_again_when_their_part_goes_into_another_file(
    body, secretary, chair
):
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    report = DocumentFactory(case__body=body, title="Herr 王 talar", status="approved")
    ItemFactory(meeting=meeting, title="Punkt", case=report.case, document=report)

    first = make(meeting, "handlingar", "members")
    ItemFactory(meeting=meeting, title="En punkt till")
    second = make(meeting, "handlingar", "members")

    with translation.override("sv"):
        words = "Inget typsnitt här har dessa tecken, som därför skrivs ut som □: 王 (U+738B)."
        assert (
            {found for _page, found in first.findings}
            == {found for _page, found in second.findings}
            == {words}
        )
    faulty = [
        {part.part_file for part in made.parts.all() if part.part_file.faults} for made in (first, second)
    ]
    assert set.intersection(*faulty)
