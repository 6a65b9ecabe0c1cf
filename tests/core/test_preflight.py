"""What is found before anything is sent. What of it may stand: test_waivers.py."""

import pytest

from cases.register.models import Attachment, Document, Section
from core.preflight import verdict
from core.services import review
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, MeetingFactory, write

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


def text_past_every_door(document, text, key="summary"):
    """Put a text into a document as an import from elsewhere might."""
    Section.objects.filter(document=document, key=key).update(text=text)


def findings_in(document, rule):
    run = review(document, by=document.author)
    return list(run.findings.filter(rule=f"register.{rule}"))


def marked(document, rule):
    return [finding.marked for finding in findings_in(document, rule)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Se SN/2023:00144.", ["SN/2023:00144"]),
        ("Se SN 2023:144 och SN2022/7.", ["SN 2023:144", "SN2022/7"]),
        ("Ärendet SN/2023:00183.", []),
        ("Ärendet SN 2023:183.", []),
        ("Kommunstyrelsens KS/2023:00007.", []),
        ("Den 2023-05-16.", []),
    ],
)
def test_a_number_that_is_not_the_cases_is_found_in_a_text(case, text, found):
    document = DocumentFactory(case=case, texts={"summary": f"<p>{text}</p>"})

    assert marked(document, "foreign_number") == found


def test_the_number_of_another_case_that_the_document_serves_is_its_own_too(case):
    document = DocumentFactory(case=case, texts={"summary": "<p>Se SN/2023:00144.</p>"})
    document.cases.add(CaseFactory(body=case.body, number="SN/2023:00144"))

    assert marked(document, "foreign_number") == []


@pytest.mark.parametrize(
    ("texts", "clauses", "places"),
    [
        ({"summary": "<p>Kort.</p>"}, [], ["Tjänsteskrivelse, Förslag till beslut"]),
        ({"summary": "<p>Kort.</p>"}, ["anta planen"], []),
        ({}, [], []),
    ],
    ids=["written", "proposed", "just begun"],
)
def test_a_document_that_was_written_and_proposes_nothing_is_found(case, texts, clauses, places):
    document = DocumentFactory(case=case, texts=texts, clauses=clauses)

    assert [finding.place for finding in findings_in(document, "no_proposal")] == places


def test_a_number_that_is_not_the_cases_is_found_in_a_proposal(case):
    document = DocumentFactory(case=case, clauses=["godkänna plan SN/2023:00144"])

    assert marked(document, "foreign_number") == ["SN/2023:00144"]


def test_a_finding_says_where_it_stands_and_what_it_was_held_against(case):
    document = DocumentFactory(case=case, texts={"summary": "<p>Se SN/2023:00144 i arkivet.</p>"})

    [finding] = findings_in(document, "foreign_number")

    assert (finding.place, finding.expected) == ("Tjänsteskrivelse, Sammanfattning", "SN/2023:00183")
    assert finding.url == f"{document.get_absolute_url()}#section-summary"
    assert (finding.before, finding.after) == ("Se ", " i arkivet.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kostnaden är XX kronor.", ["XX"]),
        ("Kostnaden är xxx kronor.", ["xxx"]),
        ("Här anges bakgrunden till ärendet. Sedan text.", ["Här anges bakgrunden till ärendet"]),
        ("[Fyll i beloppet] kronor", ["[Fyll i beloppet]"]),
        ("Den XXXX-XX-XX beslutade", ["XXXX-XX-XX"]),
        ("Hur många???", ["???"]),
        ("Max 25 platser, Xylofonen och kapitel X.", []),
    ],
)
def test_a_placeholder_or_printed_guidance_is_found(case, text, found):
    document = DocumentFactory(case=case, texts={"matter": f"<p>{text}</p>"})

    assert marked(document, "leftover") == found


@pytest.mark.parametrize(("status", "number"), [("draft", 1), ("ready", 1), ("approved", 0)])
def test_a_document_that_nobody_has_approved_is_found(case, status, number):
    document = DocumentFactory(case=case, status=status)

    assert len(findings_in(document, "not_approved")) == number


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Sökande {NUMBER}.</p>",
        f'<p>Sökande <span data-mask="osl">{NUMBER}</span>.</p>',
        f"<ul><li><p>{NUMBER}</p></li></ul>",
    ],
)
def test_a_personal_number_stops_and_is_not_repeated(case, text):
    document = DocumentFactory(case=case)
    text_past_every_door(document, text)

    [finding] = findings_in(document, "personal_number")

    assert finding.severity == "stop"
    said = " ".join(str(value) for value in vars(finding).values())
    assert "900101-XXXX" in said
    assert NUMBER not in said


@pytest.mark.parametrize(("scan", "number"), [("found", 1), ("clean", 0), ("unreadable", 0)])
def test_a_file_with_a_personal_number_stops_the_meeting_it_goes_to(case, scan, number):
    meeting = MeetingFactory(body=case.body)
    file = Attachment.objects.create(
        case=case,
        title="Bilaga",
        dated_on="2023-05-16",
        sha256="0",
        size=1,
        pages=1,
        scan=scan,
        uploaded_by=case.owner,
    )
    ItemFactory(meeting=meeting, case=case, papers=[file])

    run = review(meeting, by=meeting.secretary)

    assert run.findings.filter(rule="register.personal_number_in_file", severity="stop").count() == number


def test_a_meeting_is_read_with_every_document_in_it(case):
    meeting = MeetingFactory(body=case.body)
    report, annex = (DocumentFactory(case=case, texts={"summary": "<p>XX</p>"}) for _number in range(2))
    ItemFactory(meeting=meeting, case=case, document=report, papers=[annex])

    run = review(meeting, by=meeting.secretary)

    abouts = set(run.findings.filter(rule="register.leftover").values_list("about", flat=True))
    assert abouts == {f"register.document:{report.pk}", f"register.document:{annex.pk}"}


def test_the_same_finding_has_the_same_key_in_the_next_run(case):
    document = DocumentFactory(case=case, texts={"summary": "<p>XX</p>"})

    [first], [second] = findings_in(document, "leftover"), findings_in(document, "leftover")

    assert first.key == second.key
    assert first.pk != second.pk


# Whether a review is fresh -----------------------------------------------------------------------


def test_a_review_of_just_this_content_is_fresh(document):
    assert verdict(document).is_fresh


def test_what_nobody_has_reviewed_is_not_clear(case):
    found = verdict(DocumentFactory(case=case))

    assert (found.run, found.is_fresh, found.clears) == (None, False, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: write(document, by=document.author, economy="<p>Nytt</p>"),
        lambda document: Document.objects.filter(pk=document.pk).update(title="Nytt"),
        lambda document: Document.objects.filter(pk=document.pk).update(status="ready"),
        lambda document: document.proposals.get().clauses.create(position=2, text="Nytt"),
        lambda document: document.recipients.create(name="Kommunstyrelsen"),
        lambda document: document.basis.create(outside_title="Rapport"),
    ],
    ids=["text", "title", "status", "clause", "recipient", "basis"],
)
def test_any_change_of_what_is_read_makes_the_review_stale(document, change):
    change(document)

    assert not verdict(document).is_fresh


def test_a_verdict_costs_the_same_however_much_was_found(document, django_assert_num_queries):
    document.sections.filter(key="economy").update(text="<p>" + "XX. " * 50 + "</p>")
    review(document, by=document.author)
    verdict(document)

    with django_assert_num_queries(4):
        assert len(verdict(document).open) > 50
