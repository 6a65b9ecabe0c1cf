"""Plans for tests: a template that promises and looks back, and a plan of a year by it."""

import datetime as dt

from cases.register import services
from cases.register.models import Action, DocumentTemplate, TemplateSection
from tests.factories import CaseFactory, PeriodFactory

SECTIONS = [
    {"key": "intro", "heading": "Om planen"},
    {
        "key": "back",
        "heading": "Förra årets åtgärder",
        "block": "register.action_follow_up",
        "takes_text": True,
    },
    {"key": "plan", "heading": "Handlingsplan", "block": "register.action_plan", "takes_text": True},
]


def template_of(municipality, kind="plan-of-actions", sections=SECTIONS, **fields):
    usual = {"name": "Handlingsplan", "label": "PLAN", "period_kind": "year"}
    made = DocumentTemplate.objects.create(municipality=municipality, kind=kind, **usual | fields)
    TemplateSection.objects.bulk_create(
        TemplateSection(template=made, position=place, **section) for place, section in enumerate(sections, 1)
    )
    return made


def year_of(body, year):
    days = {"starts_on": dt.date(year, 1, 1), "ends_on": dt.date(year, 12, 31)}
    return PeriodFactory(body=body, kind="year", number=1, year=year, **days)


def begin(template, body, author, period, **fields):
    usual = {"title": f"{template.name} {period.year}", "dated_on": dt.date(period.year, 5, 16)}
    case = fields.pop("case", None) or CaseFactory(body=body, owner=author)
    return services.begin_document(case, template, author=author, subject=period, by=author, **usual | fields)


def row(title, responsible, due_on=dt.date(2023, 12, 15), theme="Bemanning", **more):
    return {"title": title, "theme": theme, "responsible": responsible, "due_on": due_on, **more}


def promise(document, *rows):
    """Plan the rows, and return the actions in order."""
    services.plan_actions(document, rows, by=document.author)
    return list(Action.objects.of(document))
