"""Texts that are touched: after an import each sentence that reads otherwise, its writer told."""

from decimal import Decimal

import pytest
from django.core import mail

from cases.register import services
from cases.register.models import Fact
from core.richtext import plain
from core.richtext.references import FigureRef
from tests.core.importing.conftest import csv_file, work
from tests.factories import BodyFactory, CaseFactory, DocumentFactory, FactFactory, advance


def chip(key, form):
    return FigureRef.of("fact.value", {"key": key, "period": "this", "form": form}).chip("x")


TEXT = (
    f"<p>Nämnden redovisar ett {chip('EB.actual', 'sign')} på {chip('EB.actual', 'absolute')}. Det är bra. "
    f"Året slutar på {chip('EB.forecast', 'kr')}.</p><ul><li>Barn och unga kostar {chip('BUF.actual', 'kr')}.</li></ul>"
)


@pytest.fixture
def known(period):
    """What is known before the import."""
    for key, value in {"EB.actual": 1_500_000, "EB.forecast": 7, "BUF.actual": 3}.items():
        FactFactory(period=period, key=key, value=Decimal(value), unit=Fact.Unit.KRONOR)


@pytest.fixture
def report(period, known, case_officer):
    """A text that is being written about the period."""
    return DocumentFactory(
        case=CaseFactory(body=period.body, owner=case_officer),
        title="Delårsrapport",
        subject=period,
        texts={"summary": TEXT},
    )


FILE = "Ansvar;Utfall;Prognos\nEB;-1600000;8\nBUF;3;\n"


def sentences(run):
    return [
        (row["before"].replace("\xa0", " "), row["after"].replace("\xa0", " "), row["flipped"])
        for row in run.texts["register.texts"]
    ]


def test_each_sentence_is_shown_as_it_was_and_as_it_is_turned_words_first(report, importing):
    run = importing(csv_file(FILE), apply=True)

    assert sentences(run) == [
        (
            "Nämnden redovisar ett överskott på 1,5 miljoner kronor.",
            "Nämnden redovisar ett underskott på 1,6 miljoner kronor.",
            True,
        ),
        ("Året slutar på 7 kr.", "Året slutar på 8 kr.", False),
    ]


def test_the_writer_is_told_in_one_mail(report, importing, case_officer):
    importing(csv_file(FILE), apply=True)
    work()

    [letter] = mail.outbox
    assert letter.to == [case_officer.email]
    assert "underskott" in letter.body
    assert report.get_absolute_url() in letter.body


def test_who_imported_is_not_mailed_about_what_the_page_shows(period, known, importing, controller):
    DocumentFactory(
        case=CaseFactory(body=period.body, owner=controller), subject=period, texts={"summary": TEXT}
    )
    importing(csv_file(FILE), apply=True)
    work()

    assert mail.outbox == []


def test_what_is_secret_is_neither_mailed_nor_shown_to_who_may_not_see_it(
    period, known, importing, case_officer, controller, secretary
):
    secret = CaseFactory(
        body=period.body, owner=case_officer, is_secret=True, secrecy_ground="OSL 26:1", by=secretary
    )
    DocumentFactory(case=secret, title="Hemligt", subject=period, texts={"summary": TEXT})
    run = importing(csv_file(FILE), apply=True)
    work()

    rows = run.texts["register.texts"]
    assert services.readable(rows, controller) == []
    assert len(services.readable(rows, secretary)) == 2
    assert "underskott" not in mail.outbox[0].body
    assert "Hemligt" not in mail.outbox[0].body


def test_an_approved_text_is_not_touched(report, importing, head):
    advance(report, "approved")

    assert importing(csv_file(FILE), apply=True).texts == {"register.texts": []}


def test_a_text_of_another_committee_is_not_touched(period, known, importing):
    other = CaseFactory(body=BodyFactory(prefix="KS"))
    DocumentFactory(case=other, texts={"summary": TEXT})

    assert importing(csv_file(FILE), apply=True).texts == {"register.texts": []}


def test_an_import_that_changes_no_text_tells_nobody(report, importing):
    run = importing(csv_file("Ansvar;Utfall\nBUF;3\nEB;1500000,01\n"), apply=True)
    work()

    assert run.is_done
    assert sentences(run) == []
    assert mail.outbox == []


def test_the_page_of_the_import_shows_the_sentences(report, importing, controller, client_for):
    run = importing(csv_file(FILE), apply=True)

    page = client_for(controller).get(run.get_absolute_url()).content.decode()

    page = page.replace("\xa0", " ")
    assert "<del>överskott på 1,5</del><ins>underskott på 1,6</ins>" in page


#            old            new                turned
TURNS = [
    ("överskott", "underskott", True),
    ("högre", "oförändrad", True),
    ("19,5 mkr", "19,4 mkr", False),
    ("−3 kr", "3 kr", True),
    ("-3 kr", "−4 kr", False),
    ("fyra", "fem", False),
    ("ingen", "fem", True),
    (None, "fem", True),
    ("fem", None, True),
]


@pytest.mark.parametrize(("old", "new", "turned"), TURNS)
def test_a_word_that_turns_is_told_from_a_number_that_moves(old, new, turned):
    assert services.has_turned(old, new) is turned


def test_a_text_is_divided_into_its_sentences():
    text = "Det kostade 19,5 mkr. Året innan bl.a. 3 kr! Nu?\nNästa stycke"

    assert plain.sentences(text) == [
        "Det kostade 19,5 mkr.",
        "Året innan bl.a. 3 kr!",
        "Nu?",
        "Nästa stycke",
    ]


@pytest.mark.parametrize("documents", [1, 5])
def test_looking_costs_the_same_queries_for_each_document(
    documents, period, known, case_officer, django_assert_max_num_queries
):
    for _number in range(documents):
        DocumentFactory(
            case=CaseFactory(body=period.body, owner=case_officer), subject=period, texts={"summary": TEXT}
        )

    with django_assert_max_num_queries(4 + documents):
        assert len(services.written_about(period)) == documents
