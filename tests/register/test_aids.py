"""What helps who writes: typed numbers that the register knows, words of one's own, the words of the period before."""

import datetime as dt

import pytest

from cases.register import services
from cases.register.composers import document_parts
from cases.register.models import Document, DocumentTemplate, Section, TemplateSection
from committee.models import Period
from core import preflight
from core.richtext.references import FigureRef
from tests.factories import CaseFactory, FactFactory, PeriodFactory, write

MONEY = FigureRef.of("fact.value", {"key": "cost", "form": "mkr"})
SEVEN = FigureRef.of("fact.value", {"key": "unexecuted.executed", "form": "words"})
BY_HAND = SEVEN.chip("de flesta").replace("<span ", '<span data-own="sju" ')


@pytest.fixture
def cost(document):
    return FactFactory(
        period=document.subject, key="cost", label="Kostnad för placeringar", value=19_539_490, unit="kr"
    )


@pytest.fixture
def seven(document):
    return FactFactory(period=document.subject, value=7)


def findings(document, rule):
    loaded = Document.objects.with_content().get(pk=document.pk)
    return [found for found in preflight.glance(loaded) if found.rule == rule]


def test_the_editor_asks_which_typed_numbers_the_register_knows(client_for, case_officer, document, cost):
    asked = ["Kostnaden för placeringar var 19,4 mkr.", "Den 13 juni 2023 sades inget."]

    answer = client_for(case_officer).post(
        f"/documents/{document.pk}/typed-numbers/", {"sentence": asked, "heading": "Ekonomi"}
    )

    value = {
        "name": "fact.value",
        "args": {"key": "cost", "period": "this", "form": "mkr"},
        "label": "Uppgifter: Kostnad för placeringar",
        "text": "19,5\u00a0mkr",
    }
    assert answer.json() == {"found": [[{"start": 30, "end": 38, "agrees": False, "choices": [value]}], []]}


@pytest.mark.parametrize("who", ["member", "colleague"])
def test_who_may_not_write_is_told_no_numbers(client_for, request, who, document, cost):
    somebody = request.getfixturevalue(who)

    answer = client_for(somebody).post(f"/documents/{document.pk}/typed-numbers/", {"sentence": "19,4 mkr"})

    assert answer.status_code in (403, 404)


def test_the_review_finds_a_typed_number_that_the_register_has_otherwise(document, case_officer, cost):
    chip = MONEY.chip("19,5 mkr")
    write(
        document,
        by=case_officer,
        summary=f"<p>Kostnaden för placeringar var 19,4 mkr, av {chip}. För placeringar gavs 19,5 mkr i kostnad.</p>",
    )

    [found] = findings(document, "register.number_differs")

    assert (found.marked, found.expected, found.severity) == ("19,4 mkr", "19,5\u00a0mkr", "warning")
    assert found.excerpt == "Kostnaden för placeringar var 19,4 mkr, av …."


def test_words_of_ones_own_are_printed_as_they_are_and_as_nothing_but_words(document, case_officer, seven):
    write(document, by=case_officer, summary=f"<p>Vi hann {BY_HAND}.</p>")
    loaded = Document.objects.with_content().get(pk=document.pk)

    printed = document_parts(loaded, "staff", key="document")[0].body()

    assert "<p>Vi hann <span>de flesta</span>.</p>" in printed


def test_the_review_says_when_the_register_says_otherwise_than_when_one_wrote_by_hand(
    document, case_officer, seven
):
    write(document, by=case_officer, summary=f"<p>Vi hann {BY_HAND}.</p>")
    assert findings(document, "register.own_words") == []

    services.change_fact(seven, value=3, by=case_officer)

    [found] = findings(document, "register.own_words")
    assert (found.marked, found.expected) == ("de flesta", "tre")


def test_the_page_shows_what_the_register_says_now_beside_words_of_ones_own(
    client_for, document, case_officer, seven
):
    write(document, by=case_officer, summary=f"<p>Vi hann {BY_HAND}.</p>")
    services.change_fact(seven, value=3, by=case_officer)

    page = client_for(case_officer).get(document.get_absolute_url()).content.decode()

    assert "data-says=&quot;tre&quot;&gt;de flesta&lt;" in page


@pytest.fixture
def reports(body, case_officer):
    """The reports of two periods by one template, the earlier one first."""
    template = DocumentTemplate.objects.create(
        municipality=body.municipality, kind="delar", name="Delårsrapport", label="DELÅR", is_report=True
    )
    TemplateSection.objects.create(template=template, position=1, key="economy", heading="Ekonomi")
    periods = [
        PeriodFactory(
            body=body, kind=Period.Kind.INTERIM, number=number,
            starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 4 * number, 28),
        )
        for number in (1, 2)
    ]  # fmt: skip
    case = CaseFactory(body=body, owner=case_officer)
    return [
        services.begin_document(
            case, template, title=f"Delår {period.number}", author=case_officer,
            dated_on=period.ends_on, subject=period, by=case_officer,
        )
        for period in periods
    ]  # fmt: skip


def test_the_words_of_the_period_before_come_with_the_values_of_this_one(reports, case_officer, client_for):
    earlier, report = reports
    FactFactory(period=earlier.subject, key="cost", value=5_000_000, unit="kr")
    FactFactory(period=report.subject, key="cost", value=9_000_000, unit="kr")
    FactFactory(period=report.subject, value=3)
    write(earlier, by=case_officer, economy=f"<p>Det kostade {MONEY.chip('5,0 mkr')}, {BY_HAND} av 12.</p>")

    page = client_for(case_officer).get(report.get_absolute_url())

    now = MONEY.chip("9,0\u00a0mkr")
    assert page.context["suggestion"] == f"<p>Det kostade {now}, {SEVEN.chip('tre')} av 12.</p>"
    assert 'data-take-over="id-text-' in page.content.decode()


def test_what_was_typed_is_kept_when_a_section_is_not_done_after_all(reports, case_officer, client_for):
    report = reports[1]
    section = report.sections.get()
    services.save_sections(report, texts={section.pk: ("<p>Först.</p>", 1)}, by=case_officer)
    services.finish_section(section, by=case_officer)
    browser = client_for(case_officer)

    browser.post(
        f"/documents/{report.pk}/save/",
        {
            f"text-{section.pk}": "<p>Sedan.</p>",
            f"version-{section.pk}": 2,
            "section": "economy",
            "reopen": "1",
        },
    )

    saved = Section.objects.get(pk=section.pk)
    assert (saved.text, saved.is_done) == ("<p>Sedan.</p>", False)


def test_a_section_without_changes_is_taken_up_again_too(reports, case_officer, client_for):
    section = reports[1].sections.get()
    services.save_sections(reports[1], texts={section.pk: ("<p>Text.</p>", 1)}, by=case_officer)
    services.finish_section(section, by=case_officer)

    client_for(case_officer).post(f"/documents/{reports[1].pk}/save/", {"section": "economy", "reopen": "1"})

    assert not Section.objects.get(pk=section.pk).is_done
