"""Saving texts: two people never lose a word, and what must not stand in a text does not get there."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cases.register.models import Section, SectionDraft
from cases.register.services import (
    PersonalNumberFound,
    keep_drafts,
    save_sections,
    settle,
    word_clauses,
)
from core.models import Change
from core.workflow import StepNotAllowed
from tests.factories import DocumentFactory, PersonFactory, advance, write

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests
MOST = 600_000


def section(document, key="summary"):
    return document.sections.get(key=key)


def text_of(document, key="summary"):
    return section(document, key).text


def drafts_of(person):
    return dict(SectionDraft.objects.filter(by=person).values_list("section__key", "text"))


def test_a_saved_text_has_a_new_version_and_says_who_wrote_it(document):
    writer = PersonFactory()

    assert write(document, by=writer, matter="<p>Bakgrund</p>") == []

    saved = section(document, "matter")
    assert (saved.text, saved.version, saved.changed_by) == ("<p>Bakgrund</p>", 2, writer)
    assert Change.objects.about((Section, [saved.pk])).latest("pk").by == writer


def test_saving_what_stands_there_already_is_no_new_version(document):
    write(document, by=PersonFactory(), summary="<p>Sammanfattat</p>")

    assert section(document).version == 2


def test_what_two_write_in_different_sections_both_stands(document):
    one, other = section(document, "matter"), section(document, "economy")

    save_sections(document, texts={one.pk: ("<p>Den ena</p>", 1)}, by=PersonFactory())
    conflicts = save_sections(document, texts={other.pk: ("<p>Den andra</p>", 1)}, by=PersonFactory())

    assert conflicts == []
    assert (text_of(document, "matter"), text_of(document, "economy")) == (
        "<p>Den ena</p>",
        "<p>Den andra</p>",
    )


def test_of_two_who_write_one_section_the_second_is_told_and_nothing_is_lost(document):
    shared, second = section(document, "matter"), PersonFactory()
    keep_drafts(document, texts={shared.pk: ("<p>Den andras</p>", 1)}, by=second)
    save_sections(document, texts={shared.pk: ("<p>Den förstas</p>", 1)}, by=PersonFactory())

    [conflict] = save_sections(document, texts={shared.pk: ("<p>Den andras</p>", 1)}, by=second)

    assert (conflict.section.text, conflict.mine) == ("<p>Den förstas</p>", "<p>Den andras</p>")
    assert text_of(document, "matter") == "<p>Den förstas</p>"
    assert drafts_of(second) == {"matter": "<p>Den andras</p>"}


def test_what_does_not_collide_is_saved_beside_what_does(document):
    collided, free = section(document, "matter"), section(document, "economy")
    write(document, by=PersonFactory(), matter="<p>Först</p>")

    conflicts = save_sections(
        document, texts={collided.pk: ("<p>Sedan</p>", 1), free.pk: ("<p>Fritt</p>", 1)}, by=PersonFactory()
    )

    assert [one.section.key for one in conflicts] == ["matter"]
    assert text_of(document, "economy") == "<p>Fritt</p>"


def test_two_who_wrote_the_same_do_not_collide(document):
    shared = section(document, "matter")
    write(document, by=PersonFactory(), matter="<p>Samma</p>")

    assert save_sections(document, texts={shared.pk: ("<p>Samma</p>", 1)}, by=PersonFactory()) == []


def test_a_conflict_shows_word_by_word_what_differs(document):
    shared = section(document, "matter")
    write(document, by=PersonFactory(), matter="<p>Sju beslut</p>")

    [conflict] = save_sections(document, texts={shared.pk: ("<p>Åtta beslut</p>", 1)}, by=PersonFactory())

    assert [tuple(piece) for piece in conflict.pieces] == [
        ("removed", "Sju"),
        ("added", "Åtta"),
        ("same", " beslut"),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_section_at_the_same_moment_one_is_told():
    document = DocumentFactory()
    shared, writers, ready = section(document, "matter"), [PersonFactory(), PersonFactory()], Barrier(2)

    def save(place):
        ready.wait()
        try:
            text = f"<p>Skrivet av {place}</p>"
            return len(save_sections(document, texts={shared.pk: (text, 1)}, by=writers[place]))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, range(2))) == [0, 1]

    assert section(document, "matter").version == 2


@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_saved_while_somebody_says_ready_waits_and_is_refused():
    document, late = DocumentFactory(), PersonFactory()

    def save():
        try:
            return write(document, by=late, summary="<p>Sent</p>")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            advance(document, "ready")
            saving = pool.submit(save)
            with pytest.raises(TimeoutError):
                saving.result(timeout=0.3)
        with pytest.raises(StepNotAllowed):
            saving.result()

    assert text_of(document) == ""


# Choosing afterwards -----------------------------------------------------------------------------


def test_the_text_that_is_chosen_stands(document):
    write(document, by=PersonFactory(), matter="<p>Den förstas</p>")

    settled = settle(
        section(document, "matter"), text="<p>Den andras</p>", seen_version=2, by=PersonFactory()
    )

    assert (settled.text, settled.version) == ("<p>Den andras</p>", 3)


def test_nothing_is_chosen_over_what_nobody_has_seen(document):
    write(document, by=PersonFactory(), matter="<p>Den tredjes</p>")

    assert settle(section(document, "matter"), text="<p>Mitt</p>", seen_version=1, by=PersonFactory()) is None
    assert text_of(document, "matter") == "<p>Den tredjes</p>"


@pytest.mark.parametrize("status", ["ready", "approved"])
def test_a_document_that_is_no_longer_written_takes_no_text_by_any_way(document, status):
    part, proposal = section(document), document.proposals.get()
    advance(document, status)

    for attempt in (
        lambda: write(document, by=document.author, summary="<p>Sent</p>"),
        lambda: keep_drafts(document, texts={part.pk: ("<p>Sent</p>", 2)}, by=document.author),
        lambda: settle(part, text="<p>Sent</p>", seen_version=2, by=document.author),
        lambda: word_clauses(proposal, texts=["sent"], by=document.author),
    ):
        with pytest.raises(StepNotAllowed):
            attempt()

    assert (text_of(document), proposal.own_clauses) == ("<p>Sammanfattat</p>", [])


# What must not get there -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{NUMBER}</p>",
        f'<p><span data-mask="osl">{NUMBER}</span></p>',
        "<p>900101-<strong>2385</strong></p>",
    ],
)
def test_a_personal_number_is_refused_with_the_draft_kept_and_nothing_else_saved(document, text):
    writer, both = PersonFactory(), {"summary": text, "economy": "<p>Bra</p>"}
    texts = {
        section(document, key).pk: (value, section(document, key).version) for key, value in both.items()
    }
    keep_drafts(document, texts=texts, by=writer)

    with pytest.raises(PersonalNumberFound) as refused:
        save_sections(document, texts=texts, by=writer)

    assert "900101-XXXX" in str(refused.value)
    assert NUMBER not in str(refused.value)
    assert set(drafts_of(writer)) == {"summary", "economy"}
    assert (text_of(document), text_of(document, "economy")) == ("<p>Sammanfattat</p>", "")


@pytest.mark.parametrize("text", ["<p>NUL \x00</p>", "a" * (MOST + 1)], ids=["nul", "600 001 characters"])
def test_what_no_text_may_hold_is_refused_and_nothing_changes(document, text):
    for attempt in (save_sections, keep_drafts):
        with pytest.raises(ValidationError):
            attempt(document, texts={section(document).pk: (text, 2)}, by=PersonFactory())

    assert text_of(document) == "<p>Sammanfattat</p>"


def test_the_longest_text_that_fits_is_kept_whole(document):
    longest = f"<p>{'a' * (MOST - 7)}</p>"

    write(document, by=PersonFactory(), summary=longest)

    assert text_of(document) == longest


def test_what_is_not_of_the_schema_never_gets_into_the_database(document):
    write(document, by=PersonFactory(), summary='<p onclick="x()">Hej<script>alert(1)</script></p>')

    assert text_of(document) == "<p>Hej</p>"


def test_another_documents_section_is_not_reached_through_this_one(document, case):
    other = DocumentFactory(case=case)

    save_sections(document, texts={section(other).pk: ("<p>Fel</p>", 1)}, by=PersonFactory())

    assert text_of(other) == ""
