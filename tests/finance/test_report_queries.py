"""A report's page and the values that may stand in it cost the same at 1 row of everything and at 30."""

import pytest

from cases.measures.models import CouncilGoal, Goal, Measure, MeasureEdition, Outcome
from cases.register import services as register
from cases.register.models import DocumentTemplate, TemplateSection
from committee.models import TargetArea
from core.richtext.references import FigureRef
from tests.counting import MOST, queries
from tests.factories import TODAY, CaseFactory, FactFactory


@pytest.fixture
def report(body, case_officer, small):
    template = DocumentTemplate.objects.create(
        municipality=body.municipality, kind="delar", name="Delårsrapport", label="DELÅR", is_report=True
    )
    TemplateSection.objects.create(template=template, position=1, key="goals", heading="Mål", takes_text=True)
    return register.begin_document(
        CaseFactory(body=body, owner=case_officer), template, title="Delårsrapport", author=case_officer,
        dated_on=TODAY, subject=small.period, by=case_officer,
    )  # fmt: skip


@pytest.fixture
def goals(body, small, case_officer):
    """Return a function that adds measures with an outcome to the period."""
    area = TargetArea.objects.create(municipality=body.municipality, number=1, name="Egenmakt")
    council_goal = CouncilGoal.objects.create(area=area, number=1, name="KF-mål", from_year=2023)
    goal = Goal.objects.create(body=body, year=2023, council_goal=council_goal, position=1, name="Mål")

    def add(numbers):
        for number in numbers:
            edition = MeasureEdition.objects.create(
                measure=Measure.objects.create(body=body, number=number + 1), goal=goal, year=2023,
                position=number, name=f"Mått {number}", unit="percent", target=80, responsible=case_officer,
            )  # fmt: skip
            ended = small.period.ends_on
            Outcome.objects.create(
                edition=edition, period=small.period, value=70, as_of=ended, by=case_officer
            )

    return add


def in_text(numbers):
    refs = [
        *(FigureRef.of("fact.value", {"key": f"fact.{n}"}) for n in numbers),
        *(FigureRef.of("finance.net", {"area": f"A{n}", "column": "actual"}) for n in numbers),
        *(FigureRef.of("finance.volume", {"row": f"volumes-{n}"}) for n in numbers),
        *(FigureRef.of("measures.outcome", {"measure": str(n + 1)}) for n in numbers),
    ]
    return "".join(f"<p>{ref.chip('…')}</p>" for ref in refs)


def test_writing_a_report_costs_the_same_at_1_row_of_everything_and_at_30(
    report, small, money_in, goals, case_officer, client_for
):
    browser = client_for(case_officer)
    section = report.sections.get()
    page = report.get_absolute_url()
    pages = [page, f"{page}figures/", f"{page}findings/"]

    def costs(rows):
        money_in(small, rows)
        goals(rows)
        for n in rows:
            FactFactory(period=small.period, key=f"fact.{n}")
        section.refresh_from_db()
        register.save_sections(
            report, texts={section.pk: (in_text(range(rows.stop)), section.version)}, by=case_officer
        )
        return {url: len(queries(browser, url)) for url in pages}

    at_one = costs(range(1))

    assert costs(range(1, 30)) == at_one
    assert {url: number for url, number in at_one.items() if number > MOST} == {}
