"""Clauses: shared with the proposal that is followed, until somebody edits them."""

import pytest
from django.core.exceptions import ValidationError

from cases.register.services import ClausesChanged, PersonalNumberFound, word_clauses
from tests.factories import PersonFactory, ProposalFactory

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


@pytest.fixture
def departments(document):
    return word_clauses(document.proposals.get(), texts=["godkänna planen"], by=document.author)


@pytest.fixture
def chairs(departments):
    return ProposalFactory(case=departments.case, follows=departments)


def clauses(proposal):
    return [clause.text for clause in type(proposal).objects.get(pk=proposal.pk).effective_clauses]


def test_clauses_are_numbered_in_the_order_they_were_written_and_empty_ones_left_out(departments):
    word_clauses(departments, texts=[" godkänna ", "", "  ", "överlämna"], by=PersonFactory())

    assert [(clause.position, clause.text) for clause in departments.clauses.all()] == [
        (1, "godkänna"),
        (2, "överlämna"),
    ]


def test_a_proposal_shares_the_clauses_of_the_one_it_follows_until_somebody_edits_them(departments, chairs):
    word_clauses(departments, texts=["godkänna planen i dess helhet"], by=PersonFactory())
    assert clauses(chairs) == ["godkänna planen i dess helhet"]

    word_clauses(chairs, texts=["återremittera"], by=PersonFactory())
    word_clauses(departments, texts=["godkänna"], by=PersonFactory())

    assert (clauses(chairs), clauses(departments)) == (["återremittera"], ["godkänna"])


def test_saying_the_same_is_still_sharing(departments, chairs):
    word_clauses(chairs, texts=["godkänna planen"], by=PersonFactory())

    assert chairs.shares_clauses
    assert chairs.own_clauses == []


def test_who_had_seen_other_clauses_than_those_that_stand_is_told(departments):
    word_clauses(departments, texts=["avslå"], seen=["godkänna planen"], by=PersonFactory())

    with pytest.raises(ClausesChanged):
        word_clauses(departments, texts=["bordlägga"], seen=["godkänna planen"], by=PersonFactory())

    assert clauses(departments) == ["avslå"]


@pytest.mark.parametrize(
    ("text", "error"), [(f"höra {NUMBER}", PersonalNumberFound), ("NUL \x00", ValidationError)]
)
def test_what_no_text_may_hold_no_clause_may_hold(departments, text, error):
    with pytest.raises(error):
        word_clauses(departments, texts=[text], by=PersonFactory())

    assert clauses(departments) == ["godkänna planen"]
