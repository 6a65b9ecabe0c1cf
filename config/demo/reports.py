"""The demo's interim report of August 2023, written in sections from what is entered, and the meeting that gets it."""

import re
import tomllib
from datetime import date

from cases.agenda import services as agenda
from cases.register import services as register
from cases.register.models import Case, Document, DocumentTemplate, TemplateSection
from committee.models import Body, Meeting, Municipality, Period
from config.demo import papers
from config.demo.papers import Manuscript
from config.demo.people import Cast
from config.demo.periods import Periods
from core.richtext.references import FigureRef

FOLDER = papers.TEXTS / "delar2"
SECTIONS_DUE = date(2023, 9, 8)
MEETING = date(2023, 9, 19)
# [[finance.net column=deviation form=sign]]: the demo's shorthand for a value in a text.
VALUE = re.compile(r"\[\[(\S+?)((?: \w+=\S+?)*)\]\]")
# Number, title, classification, who, and what the item is on the agenda.
CASES = [
    ("SN/2023:00130", "Delårsrapport 2 2023", "1.2.4.2", "controller"),
    ("SN/2023:00239", "Ansökan om medel från Brottsofferfonden", "1.2.2.4", "economy"),
    ("SN/2023:00172", "Rekvirering av påfyllnadsmedel för familjehemsplaceringar 2023", "1.2.2.4", "economy"),
    ("SN/2023:00314", "Kompetensförsörjningsplan", "1.1.6.2", "hr"),
    ("SN/2023:00093", "Yttrande över revisionsskrivelse", "1.2.4.5", "lawyer"),
]


def with_values(text: str) -> str:
    """Return a text with its shorthand as chips; what they say is filled in when somebody reads."""
    return VALUE.sub(lambda found: _chip(found[1], found[2]), text)


def _chip(name: str, written: str) -> str:
    args = dict(pair.split("=", 1) for pair in written.split())
    return FigureRef.of(name, args).chip("…")


class WithValues(Manuscript):
    """A manuscript whose values are written in shorthand."""

    def text(self, key: str) -> str:
        return with_values(super().text(key))


def add(body: Body, cast: Cast, periods: Periods, cases: dict[str, Case]) -> None:
    """Write the report and its tjänsteskrivelse, and plan the meeting of September with its items."""
    meeting = papers.plan(body, cast, MEETING)
    opened = {row[0]: _open(body, cast, *row) for row in CASES}
    period = periods["interim", 2023, 2]
    report = _write_report(opened["SN/2023:00130"], cast, meeting, period)
    manuscript = WithValues.read("delar2-tjansteskrivelse")
    letter = papers.add_document(manuscript, opened["SN/2023:00130"], cast, meeting=meeting, subject=period)
    papers.add_basis(letter, manuscript.facts, {"delar2": report})
    _fill_agenda(meeting, cast, cases | opened, letter, report)


def _open(body: Body, cast: Cast, number: str, title: str, code: str, owner: str) -> Case:
    return papers.add_case(
        body,
        number,
        title=title,
        owner=cast.people[owner],
        opened_on=date(2023, 5, 30),
        classification=code,
        by=cast.people["secretary"],
    )


def _write_report(case: Case, cast: Cast, meeting: Meeting, period: Period) -> Document:
    plan = tomllib.loads((FOLDER / "report.toml").read_text(encoding="utf-8"))
    author = cast.people[plan["author"]]
    document = register.begin_document(
        case,
        _add_template(case.body.municipality, plan),
        title="Delårsrapport 2 2023",
        author=author,
        dated_on=plan["dated_on"],
        meeting=meeting,
        subject=period,
        by=author,
    )
    sections = {section.key: section for section in document.sections.all()}
    texts = {key: FOLDER / f"{key}.html" for key in sections}
    written = {
        sections[key].pk: (with_values(path.read_text(encoding="utf-8")), 1)
        for key, path in texts.items()
        if path.exists()
    }
    register.save_sections(document, texts=written, by=author)
    writers = {one["key"]: cast.people[one["responsible"]] for one in plan["section"] if "responsible" in one}
    shares = {sections[key].pk: (person, SECTIONS_DUE) for key, person in writers.items()}
    register.share_sections(document, shares, by=author)
    return document


def _add_template(municipality: Municipality, plan: dict) -> DocumentTemplate:
    template = DocumentTemplate.objects.create(
        municipality=municipality,
        kind=plan["kind"],
        name=plan["name"],
        label=plan["label"],
        has_cover=True,
        is_report=True,
    )
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template,
            position=position,
            **{name: value for name, value in section.items() if name != "responsible"},
        )
        for position, section in enumerate(plan["section"], 1)
    )
    return template


def _fill_agenda(
    meeting: Meeting, cast: Cast, cases: dict[str, Case], letter: Document, report: Document
) -> None:
    """The eight items: two have papers already, the others send theirs later."""
    secretary = cast.people["secretary"]

    def add(kind: str, number: str, title: str = "", **more) -> None:
        case = cases[number]
        more.setdefault("presenters", [case.owner])
        agenda.add_item(meeting, kind=kind, title=title or case.title, case=case, by=secretary, **more)

    add("information", "SN/2023:00007", text=_item_text("director"), presenters=[cast.people["head"]])
    add("decision", "SN/2023:00130", document=letter, papers=[report])
    for number in ("SN/2023:00239", "SN/2023:00172", "SN/2023:00314", "SN/2023:00093"):
        add("decision", number, papers_later=True)
    add("decision", "SN/2023:00092", "Ej verkställda beslut kvartal 3", papers_later=True)
    add("reported", "SN/2022:00596", "Anmälningsärenden", text=_item_text("reported"))


def _item_text(name: str) -> str:
    return (papers.TEXTS / "items-september" / f"{name}.html").read_text(encoding="utf-8")
