"""What somebody is writing and has not saved: theirs alone, and not in the history."""

import pytest

from cases.register.models import SectionDraft
from cases.register.services import (
    PersonalNumberFound,
    discard_drafts,
    keep_drafts,
    save_sections,
    word_clauses,
)
from core.models import Change
from tests.factories import PersonFactory, advance, write
from tests.register.test_saving import drafts_of, section


def test_drafts_are_each_writers_own(document):
    one, other = PersonFactory(), PersonFactory()
    for person, text in ((one, "<p>Min</p>"), (other, "<p>Din</p>")):
        keep_drafts(document, texts={section(document).pk: (text, 2)}, by=person)

    discard_drafts(document, by=one)

    assert (drafts_of(one), drafts_of(other)) == ({}, {"summary": "<p>Din</p>"})


def test_a_draft_is_kept_over_and_over_and_leaves_no_history(document):
    before = Change.objects.count()

    for text in ("<p>F</p>", "<p>Fö</p>", "<p>För</p>"):
        keep_drafts(document, texts={section(document).pk: (text, 2)}, by=document.author)

    assert drafts_of(document.author) == {"summary": "<p>För</p>"}
    assert Change.objects.count() == before


@pytest.mark.parametrize("end", [keep_drafts, save_sections])
def test_a_draft_that_says_what_is_saved_is_no_draft(document, end):
    part = section(document)
    keep_drafts(document, texts={part.pk: ("<p>Annat</p>", 2)}, by=document.author)

    end(document, texts={part.pk: ("<p>Sammanfattat</p>", 2)}, by=document.author)

    assert drafts_of(document.author) == {}


def test_saving_takes_away_ones_own_draft_only(document):
    other, part = PersonFactory(), section(document)
    for person in (document.author, other):
        keep_drafts(document, texts={part.pk: ("<p>Utkast</p>", 2)}, by=person)

    write(document, by=document.author, summary="<p>Sparat</p>")

    assert (drafts_of(document.author), set(drafts_of(other))) == ({}, {"summary"})


@pytest.mark.parametrize(("status", "left"), [("ready", 1), ("approved", 0)])
def test_drafts_are_thinned_out_when_the_document_is_approved(document, status, left):
    keep_drafts(document, texts={section(document).pk: ("<p>Kvar</p>", 2)}, by=PersonFactory())

    advance(document, status)

    assert SectionDraft.objects.count() == left


# A proposal's clauses ----------------------------------------------------------------------------


def keep_clauses(document, *texts, seen=()):
    keep_drafts(document, texts={}, clauses=(texts, seen), by=document.author)


def clause_drafts():
    drafts = SectionDraft.objects.filter(section__block="register.proposal")
    return [(draft.clauses, draft.clauses_seen) for draft in drafts]


def test_clauses_are_kept_as_they_are_typed_with_those_that_stood(document):
    before = Change.objects.count()

    keep_clauses(document, "Anta planen ", "", "att tacka", seen=["att avslå"])

    assert clause_drafts() == [(["Anta planen ", "att tacka"], ["att avslå"])]
    assert Change.objects.count() == before


def test_that_all_clauses_are_taken_out_is_kept_too(document):
    word_clauses(document.proposals.get(), texts=["att anta"], by=document.author)

    keep_clauses(document, "", seen=["att anta"])

    assert clause_drafts() == [([], ["att anta"])]


def test_clauses_that_say_what_stands_are_no_draft(document):
    word_clauses(document.proposals.get(), texts=["att anta"], by=document.author)
    keep_clauses(document, "att anta", "att tacka", seen=["att anta"])

    keep_clauses(document, "att anta", "", seen=["att anta"])

    assert clause_drafts() == []


def test_wording_the_proposal_takes_away_ones_own_draft_of_it_only(document):
    keep_clauses(document, "att anta")
    keep_drafts(document, texts={}, clauses=(["att avslå"], []), by=PersonFactory())

    word_clauses(document.proposals.get(), texts=["att anta"], by=document.author)

    assert clause_drafts() == [(["att avslå"], [])]


def test_clauses_refused_stay_a_draft(document):
    keep_clauses(document, "höra 900101-2385")

    with pytest.raises(PersonalNumberFound):
        word_clauses(document.proposals.get(), texts=["höra 900101-2385"], by=document.author)

    assert clause_drafts() == [(["höra 900101-2385"], [])]


def test_clauses_are_not_kept_for_a_document_that_proposes_nothing(document):
    document.sections.filter(block="register.proposal").delete()

    keep_clauses(document, "att anta")

    assert not SectionDraft.objects.exists()
