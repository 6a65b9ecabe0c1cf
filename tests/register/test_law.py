"""What the law wants to see in a document, and what is said when no section answers it."""

import datetime as dt

import pytest

from cases.register.composers import document_part
from cases.register.law import unanswered
from cases.register.models import Document
from core import preflight
from tests.factories import write
from tests.register.plans import begin, promise, row, template_of, year_of

ONE, TWO = "Lagen 3 kap. 10 § 1", "Lagen 3 kap. 10 § 2"
SECTIONS = [
    {"key": "work", "heading": "Arbetet", "law": f"{ONE}; Gamla lagen 1 §"},
    {"key": "plan", "heading": "Åtgärder", "block": "register.action_plan", "takes_text": True, "law": TWO},
    {"key": "more", "heading": "Mer"},
]
WANTED = [
    {"paragraph": ONE, "text": "hur arbetet har bedrivits"},
    {"paragraph": TWO, "text": "vilka åtgärder som vidtas"},
    {"paragraph": "Lagen 3 kap. 10 § 3", "text": "vilka resultat", "is_advice": True},
    {"paragraph": "Gamla lagen 1 §", "text": "det gamla", "to_on": "2022-12-31"},
    {"paragraph": "Nya lagen 1 §", "text": "det nya", "from_on": "2024-01-01"},
]


@pytest.fixture
def document(body, case_officer):
    template = template_of(body.municipality, sections=SECTIONS, requirements=WANTED, is_report=True)
    return begin(template, body, case_officer, year_of(body, 2023))


def left(document):
    return [one.text for one in unanswered(Document.objects.get(pk=document.pk))]


def test_what_the_law_wants_on_the_documents_day_is_missed_until_a_section_answers(document, case_officer):
    before = left(document)
    write(document, by=case_officer, work="<p>Så gjorde vi.</p>", more="<p>Resultat.</p>")

    assert before == ["hur arbetet har bedrivits", "vilka åtgärder som vidtas", "vilka resultat"]
    assert left(document) == ["vilka åtgärder som vidtas", "vilka resultat"]


def test_a_block_with_rows_answers_as_words_do(document, case_officer):
    promise(document, row("Utbilda alla", case_officer))

    assert left(document) == ["hur arbetet har bedrivits", "vilka resultat"]


def test_an_old_paragraph_is_asked_for_on_its_days(document):
    Document.objects.filter(pk=document.pk).update(dated_on=dt.date(2022, 12, 31))

    assert "det gamla" in left(document)


def test_the_review_names_the_paragraph_and_leads_to_its_section(document):
    findings = [one for one in preflight.glance(document) if one.rule == "register.law_unanswered"]

    assert [one.expected for one in findings] == [ONE, TWO, "Lagen 3 kap. 10 § 3"]
    assert findings[0].url.endswith("?section=work")
    assert not any(one.stops for one in findings)


def test_the_reports_progress_says_how_much_of_the_law_is_left(document, case_officer, client_for):
    page = client_for(case_officer).get(f"/documents/{document.pk}/")

    assert (page.context["law_left"], page.context["law_wanted"]) == (3, 3)


def test_the_paragraphs_that_are_the_law_stand_below_their_heading(document):
    part = document_part(document, "staff", key="document")

    assert [section.get("law") for section in part.data["sections"]] == [[ONE], [TWO], None]
