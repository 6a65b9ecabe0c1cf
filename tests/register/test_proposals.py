"""Clauses: shared with the proposal that is followed, until somebody edits them."""

import pytest
from django.core.exceptions import ValidationError

from cases.register.services import ClausesChanged, PersonalNumberFound, word_clauses
from tests.factories import PersonFactory, ProposalFactory

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


@pytest.fixture
def departments(document):
    return word_clauses(document.proposals.get(), texts=["att godkänna planen"], by=document.author)


@pytest.fixture
def chairs(departments):
    return ProposalFactory(case=departments.case, follows=departments)


def clauses(proposal):
    return [clause.text for clause in type(proposal).objects.get(pk=proposal.pk).effective_clauses]


def test_clauses_are_numbered_in_the_order_they_were_written_and_empty_ones_left_out(departments):
    word_clauses(departments, texts=[" att godkänna ", "", "  ", "att överlämna"], by=PersonFactory())

    assert [(clause.position, clause.text) for clause in departments.clauses.all()] == [
        (1, "att godkänna"),
        (2, "att överlämna"),
    ]


def test_a_proposal_shares_the_clauses_of_the_one_it_follows_until_somebody_edits_them(departments, chairs):
    word_clauses(departments, texts=["att godkänna planen i dess helhet"], by=PersonFactory())
    assert clauses(chairs) == ["att godkänna planen i dess helhet"]

    word_clauses(chairs, texts=["att återremittera"], by=PersonFactory())
    word_clauses(departments, texts=["att godkänna"], by=PersonFactory())

    assert (clauses(chairs), clauses(departments)) == (["att återremittera"], ["att godkänna"])


def test_saying_the_same_is_still_sharing(departments, chairs):
    word_clauses(chairs, texts=["att godkänna planen"], by=PersonFactory())

    assert chairs.shares_clauses
    assert chairs.own_clauses == []


def test_who_had_seen_other_clauses_than_those_that_stand_is_told(departments):
    word_clauses(departments, texts=["att avslå"], seen=["att godkänna planen"], by=PersonFactory())

    with pytest.raises(ClausesChanged):
        word_clauses(departments, texts=["att bordlägga"], seen=["att godkänna planen"], by=PersonFactory())

    assert clauses(departments) == ["att avslå"]


@pytest.mark.parametrize(
    ("text", "error"), [(f"höra {NUMBER}", PersonalNumberFound), ("NUL \x00", ValidationError)]
)
def test_what_no_text_may_hold_no_clause_may_hold(departments, text, error):
    with pytest.raises(error):
        word_clauses(departments, texts=[text], by=PersonFactory())

    assert clauses(departments) == ["att godkänna planen"]


@pytest.mark.parametrize(
    ("typed", "worded"),
    [
        ("godkänna planen", "att godkänna planen"),
        ("Godkänna planen", "att godkänna planen"),
        ("SN:s plan godkänns", "att SN:s plan godkänns"),
        ("Att godkänna planen", "Att godkänna planen"),
        ("attestera fakturan", "att attestera fakturan"),
    ],
)
def test_a_clause_begins_with_att_once(departments, typed, worded):
    word_clauses(departments, texts=[typed], by=PersonFactory())

    assert clauses(departments) == [worded]


def test_an_att_with_nothing_after_it_is_no_clause(departments):
    word_clauses(departments, texts=["att ", "att avslå"], by=PersonFactory())

    assert clauses(departments) == ["att avslå"]


def test_a_clause_that_stood_before_is_left_as_it_stands(departments):
    departments.clauses.update(text="godkänna planen")

    word_clauses(departments, texts=["godkänna planen", "överlämna den"], by=PersonFactory())

    assert clauses(departments) == ["godkänna planen", "att överlämna den"]
