"""The demo's plans: documents that promise actions, with what became of those of the year before."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.register import services as register
from cases.register.models import Action, Case, Document, DocumentTemplate
from config.demo import papers
from config.demo.people import Cast
from config.demo.periods import Periods
from core.services import take_step

FOLDERS = ("sam-2021", "sam-2022", "kompetens")
LAST_YEAR = "SN/2022:00207"
STEPS = {"ongoing": "start", "done": "finish", "not_done": "refuse"}


def add(cast: Cast, periods: Periods, cases: Mapping[str, Case]) -> None:
    """Write the plans; those of a year follow up the year before."""
    cases = {**cases, LAST_YEAR: _open_last_years(cast)}
    for folder in FOLDERS:
        _write(folder, cast, periods, cases)


def _open_last_years(cast: Cast) -> Case:
    return papers.add_case(
        cast.bodies["lindvassa"],
        LAST_YEAR,
        title="Systematiskt arbetsmiljöarbete 2022",
        owner=cast.people["hr"],
        opened_on=date(2022, 5, 10),
        classification="2.3.4.1",
        by=cast.people["secretary"],
    )


def _write(folder: str, cast: Cast, periods: Periods, cases: Mapping[str, Case]) -> None:
    plan = tomllib.loads((papers.TEXTS / folder / "plan.toml").read_text(encoding="utf-8"))
    case, author = cases[plan["case"]], cast.people[plan["author"]]
    document = register.begin_document(
        case,
        DocumentTemplate.objects.get(municipality=case.body.municipality, kind=plan["template"]),
        title=plan["title"],
        author=author,
        dated_on=plan["dated_on"],
        subject=periods["year", plan["period"], 1] if "period" in plan else None,
        by=author,
    )
    _write_sections(document, folder)
    rows = [_row(one, cast) for one in plan["action"]]
    register.plan_actions(document, rows, by=author)
    for action, told in zip(Action.objects.of(document), plan["action"], strict=True):
        if "status" in told:
            take_step(
                action, STEPS[told["status"]], by=action.responsible, data={"reason": told.get("reason", "")}
            )
    if plan.get("is_approved"):
        papers.approve(document, cast)


def _write_sections(document: Document, folder: str) -> None:
    paths = {one.pk: papers.TEXTS / folder / f"{one.key}.html" for one in document.sections.all()}
    texts = {key: (path.read_text(encoding="utf-8"), 1) for key, path in paths.items() if path.exists()}
    register.save_sections(document, texts=texts, by=document.author)


def _row(told: Mapping[str, Any], cast: Cast) -> dict[str, Any]:
    return {
        "theme": told["theme"],
        "title": told["title"],
        "responsible": cast.people[told["responsible"]],
        "due_on": told.get("due_on"),
    }
