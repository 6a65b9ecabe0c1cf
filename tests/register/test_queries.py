"""A page costs the same at 1 row and at 30: never more than twelve queries."""

import pytest

from cases.register.services import attach
from core import jobs
from tests.counting import MOST, queries
from tests.factories import (
    TODAY,
    CaseFactory,
    DocumentFactory,
    FactFactory,
    MeetingFactory,
    TemplateFactory,
    advance,
    pdf_bytes,
    person_as,
    write,
)
from tests.register.conftest import upload


@pytest.fixture
def cost(client_for):
    """Return a function that counts the queries of somebody's page."""
    return lambda person, url: len(queries(client_for(person), url))


def chips(number):
    return "".join(
        f"""<p><span data-figure="fact.value" data-args='{{"key":"fact.{place}"}}'>1</span></p>"""
        for place in range(number)
    )


def fill_cases(places, body, officer, **_):
    for place in places:
        CaseFactory(body=body, owner=officer, title=f"Plan {place}")


def fill_case(places, case, officer, document, **_):
    for place in places:
        DocumentFactory(case=case, title=f"Plan {place}")
        file = upload(pdf_bytes(f"Sida {place}"))
        attach(case, file, title=f"Fil {place}", dated_on=TODAY, by=officer)
        write(document, by=officer, matter=f"<p>Ändring {place}</p>")


def fill_desk(places, body, officer, head, **_):
    for _place in places:
        meeting = MeetingFactory(body=body)
        case = CaseFactory(body=body, owner=officer, answer_due_on=TODAY, sender="Revisorerna")
        DocumentFactory(case=case, meeting=meeting)
        DocumentFactory(case=case, meeting=meeting, author=officer, status="ready")


def fill_reports(places, case, **_):
    report = TemplateFactory(municipality=case.body.municipality, kind="delar", is_report=True)
    for _place in places:
        DocumentFactory(case=case, template=report)


def fill_document(places, body, officer, document, **_):
    for place in places:
        FactFactory(period=document.subject, key=f"fact.{place}")
        document.recipients.create(name=f"Mottagare {place}", position=place)
        document.signers.create(person=person_as("head", body), position=place)
        basis = DocumentFactory(case=document.case)
        document.basis.create(basis_document=basis, position=place)
    write(document, by=officer, matter=chips(places.stop), economy=chips(places.stop))


def fill_jobs(places, officer, **_):
    for place in places:
        jobs.start("core.ping", by=officer, title=f"Jobb {place}")


# What is filled, and the pages that show it: whose, and where.
PAGES = {
    fill_cases: ["officer /cases/", "officer /cases/?q=plan", "member /cases/"],
    fill_case: ["officer /cases/{case.pk}/", "officer /search/?q=plan", "officer /search/suggest/?q=plan"],
    fill_desk: ["officer /", "head /", "secretary /", "officer /imports/", "secretary /imports/"],
    fill_reports: ["head /imports/", "officer /imports/", "secretary /imports/"],
    fill_document: [
        "officer /documents/{document.pk}/",
        "head /documents/{document.pk}/",
        "officer /documents/{document.pk}/figures/",
        "officer /documents/{document.pk}/findings/",
        "officer /documents/{document.pk}/around/",
        "officer /documents/{document.pk}/facts/",
    ],
    fill_jobs: ["officer /jobs/tray/"],
}


@pytest.fixture
def house(body, case, document, case_officer, head, secretary, member):
    return {
        "body": body,
        "case": case,
        "document": document,
        "officer": case_officer,
        "head": head,
        "secretary": secretary,
        "member": member,
    }


@pytest.fixture
def costs(house, cost):
    """Return a function that counts the cost of each of many pages."""

    def counted(pages):
        asked = [(page, *page.format(**house).split(" ")) for page in pages]
        return {page: cost(house[role], url) for page, role, url in asked}

    return counted


@pytest.mark.parametrize("fill", PAGES, ids=lambda fill: fill.__name__)
def test_a_page_costs_the_same_at_one_row_and_at_thirty(house, costs, fill):
    fill(range(1), **house)
    at_one = costs(PAGES[fill])

    fill(range(1, 30), **house)

    assert costs(PAGES[fill]) == at_one
    assert {page: number for page, number in at_one.items() if number > MOST} == {}


def test_an_approved_document_is_read_in_as_few_queries(house, cost):
    fill_document(range(3), **house)
    document = advance(house["document"], "approved")

    assert cost(house["officer"], document.get_absolute_url()) <= MOST
