"""Approving keeps a document as it was: texts, figures with origin, blocks. Later facts do not touch it."""

import hashlib
import json

import pytest

from cases.register.composers import document_part
from cases.register.content import compose, content_of
from cases.register.models import Document, Fact, Frozen
from cases.register.services import begin_edition, change_fact, word_clauses
from core.models import Job
from core.richtext.references import FigureRef
from core.services import take_step
from core.workflow import StepNotAllowed
from tests.factories import TODAY, DocumentFactory, FactFactory, PersonFactory, advance, write

CHIP = FigureRef.of("fact.value", {"key": "executed", "form": "words"}).chip("gammalt")
MISSING = FigureRef.of("fact.value", {"key": "no-such"}).chip("gammalt")


@pytest.fixture
def fact(period):
    return FactFactory(period=period, key="executed", value=7)


@pytest.fixture
def written(document, fact):
    """A draft that says one value, one value that is missing, and a proposal."""
    write(document, by=document.author, matter=f"<p>Nämnden har verkställt {CHIP} beslut och {MISSING}.</p>")
    word_clauses(document.proposals.get(), texts=["godkänna rapporten"], by=document.author)
    document.signers.create(person=document.author)
    return document


@pytest.fixture
def approved(written):
    return advance(written, "approved")


def section(content, key):
    return next(section for section in content["sections"] if section["key"] == key)


def html_of(document):
    loaded = Document.objects.with_content().get(pk=document.pk)
    return document_part(loaded, "staff", key="document").body()


def correct(fact, value):
    change_fact(fact, value=value, by=PersonFactory())


def test_a_draft_says_the_value_of_today(written, fact):
    correct(fact, 8)

    assert ">åtta</span>" in html_of(written)


def test_an_approved_text_says_the_value_that_was_approved(approved, fact):
    correct(fact, 8)

    assert ">sju</span>" in html_of(approved)
    assert "åtta" not in html_of(approved)


def test_an_approved_text_stays_when_the_fact_is_gone(approved):
    Fact.objects.all().delete()

    assert ">sju</span>" in html_of(approved)


def test_every_value_is_kept_with_its_words_and_where_it_is_from(approved, fact):
    [value, missing] = section(approved.frozen.content, "matter")["figures"]

    assert (value["text"], value["value"], value["unit"]) == ("sju", "7", "count")
    assert value["origin"]["label"] == f"{fact.label} · {fact.source}"
    assert (missing["text"], missing["value"]) == ("", None)


def test_what_blocks_showed_is_kept_as_data(approved):
    content = approved.frozen.content

    assert section(content, "proposal")["data"]["clauses"] == ["godkänna rapporten"]
    assert section(content, "signers")["data"] == {
        "rows": [{"name": str(approved.author), "title": "handläggare"}]
    }


def test_what_is_said_of_the_document_is_kept(approved, case):
    content = approved.frozen.content

    assert (content["number"], content["title"]) == ("SN/2023:00183", "Internkontrollplan 2023")
    assert (content["dated_on"], content["author"], content["edition"]) == (
        "2023-05-16",
        str(approved.author),
        1,
    )


def test_an_author_who_changes_their_name_is_printed_as_approved(approved):
    before = str(approved.author)
    type(approved.author).objects.filter(pk=approved.author_id).update(last_name="Nygift")

    assert content_of(Document.objects.for_reading().get(pk=approved.pk))["author"] == before


def test_sections_without_text_and_block_are_left_out(approved):
    keys = [section["key"] for section in approved.frozen.content["sections"]]

    assert keys == ["proposal", "summary", "matter", "basis", "signers", "recipients"]


def test_the_fingerprint_is_of_the_content(approved):
    canonical = json.dumps(approved.frozen.content, sort_keys=True, ensure_ascii=False)

    assert approved.frozen.fingerprint == hashlib.sha256(canonical.encode()).hexdigest()


def test_who_approved_is_kept(written):
    head = PersonFactory()

    take_step(written, "finish", by=written.author)
    take_step(written, "approve", by=head)

    assert Frozen.objects.get(document=written).by == head


def test_what_is_frozen_is_what_was_composed(written):
    before = compose(Document.objects.with_content().get(pk=written.pk))

    approved = advance(written, "approved")

    assert approved.frozen.content == before


def test_files_that_are_never_thrown_away_are_asked_for(approved):
    asked = [job.args for job in Job.objects.filter(name="reports.make")]

    assert [(one["pk"], one["kind"], one["pin"]) for one in asked] == [(approved.pk, "document", True)] * 2
    assert {one["audience"] for one in asked} == {"staff", "members"}


def test_reading_an_approved_document_asks_for_nothing_around_it(approved, django_assert_num_queries):
    with django_assert_num_queries(1):
        content_of(Document.objects.for_reading().get(pk=approved.pk))


# New editions ------------------------------------------------------------------------------------


@pytest.fixture
def new(approved):
    return begin_edition(approved, by=approved.author, dated_on=TODAY)


def test_a_new_edition_is_a_draft_that_continues_the_old_one(new, approved):
    assert (new.status, new.edition, new.continues, new.dated_on) == ("draft", 2, approved, TODAY)
    assert new.released_at is None
    assert list(new.cases.all()) == [approved.case]


def test_everything_around_the_text_is_copied(new, approved):
    assert [signer.person for signer in new.signers.all()] == [approved.author]
    assert [clause.text for clause in new.proposals.get().effective_clauses] == ["godkänna rapporten"]
    assert new.sections.count() == approved.sections.count()


def test_a_new_edition_speaks_of_the_values_of_today(new, fact):
    correct(fact, 8)

    assert ">åtta</span>" in html_of(new)


def test_writing_the_new_edition_leaves_the_old_one_as_it_was(new, approved):
    write(new, by=new.author, summary="<p>Nytt</p>")
    word_clauses(new.proposals.get(), texts=["avslå"], by=new.author)

    assert approved.sections.get(key="summary").text == "<p>Sammanfattat</p>"
    assert [clause.text for clause in approved.proposals.get().effective_clauses] == ["godkänna rapporten"]


@pytest.mark.parametrize("status", ["draft", "ready"])
def test_what_is_not_approved_has_no_new_edition(db, status):
    document = DocumentFactory(status=status)

    with pytest.raises(StepNotAllowed):
        begin_edition(document, by=document.author, dated_on=TODAY)


def test_a_document_is_continued_once(new, approved):
    with pytest.raises(StepNotAllowed):
        begin_edition(approved, by=approved.author, dated_on=TODAY)

    assert Document.objects.filter(continues=approved).get() == new


def test_a_third_edition_continues_the_second(new):
    second = advance(new, "approved")

    third = begin_edition(second, by=second.author, dated_on=TODAY)

    assert (third.edition, third.continues) == (3, second)


def test_the_page_shows_word_by_word_what_is_new(new, case_officer, client_for):
    write(new, by=new.author, summary="<p>Omarbetat</p>")

    page = client_for(case_officer).get(f"/documents/{new.pk}/compare/").content.decode()

    assert "<del>Sammanfattat</del>" in page
    assert "<ins>Omarbetat</ins>" in page
