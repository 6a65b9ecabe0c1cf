"""The demo's reports, written in sections from what is entered, and the meeting that gets the one of August 2023."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from cases.agenda import services as agenda
from cases.register import services as register
from cases.register.models import Case, Document, DocumentTemplate
from committee.models import Body, Meeting, Period
from config.demo import papers, plans
from config.demo.papers import Manuscript
from config.demo.people import Cast
from config.demo.periods import Periods
from core.richtext.references import FigureRef

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


# The reports before that one, each in a case of its own: folder, period, and the case as in CASES.
EARLIER = [
    (
        "internbudget-2023",
        ("year", 2023, 1),
        ("SN/2022:00541", "Internbudget 2023", "1.2.2.1", "economy", date(2022, 9, 12)),
    ),
    (
        "helar-2022",
        ("year", 2022, 1),
        ("SN/2023:00031", "Verksamhetsberättelse 2022", "1.2.4.2", "controller", date(2023, 1, 16)),
    ),
    (
        "delar1",
        ("interim", 2023, 1),
        ("SN/2023:00129", "Delårsrapport 1 2023", "1.2.4.2", "controller", date(2023, 4, 24)),
    ),
    (
        "manad-maj",
        ("month", 2023, 5),
        ("SN/2023:00012", "Månadsuppföljningar 2023", "1.2.4.2", "controller", date(2023, 1, 16)),
    ),
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
    register.add_standard_templates(body.municipality, by=cast.people["administrator"])
    for folder, key, case in EARLIER:
        _approve(write_report(folder, cast, {case[0]: _open(body, cast, *case)}, periods[key]), cast)
    meeting = papers.plan(body, cast, MEETING)
    opened = {row[0]: _open(body, cast, *row) for row in CASES}
    period = periods["interim", 2023, 2]
    report = write_report("delar2", cast, opened, period, meeting=meeting)
    manuscript = WithValues.read("delar2-tjansteskrivelse")
    letter = papers.add_document(manuscript, opened["SN/2023:00130"], cast, meeting=meeting, subject=period)
    papers.add_basis(letter, manuscript.facts, {"delar2": report})
    plans.add(cast, periods, cases | opened)
    _fill_agenda(meeting, cast, cases | opened, letter, report)


def _open(
    body: Body,
    cast: Cast,
    number: str,
    title: str,
    code: str,
    owner: str,
    opened_on: date = date(2023, 5, 30),
) -> Case:
    return papers.add_case(
        body,
        number,
        title=title,
        owner=cast.people[owner],
        opened_on=opened_on,
        classification=code,
        by=cast.people["secretary"],
    )


def write_report(
    folder: str, cast: Cast, cases: Mapping[str, Case], period: Period, *, meeting: Meeting | None = None
) -> Document:
    """Write the report that lies in a folder of texts: `report.toml` says by which template, in which case, who writes what."""
    manuscript = papers.TEXTS / folder
    plan = tomllib.loads((manuscript / "report.toml").read_text(encoding="utf-8"))
    case, author = cases[plan["case"]], cast.people[plan["author"]]
    document = register.begin_document(
        case,
        DocumentTemplate.objects.get(municipality=case.body.municipality, kind=plan["template"]),
        title=plan["title"],
        author=author,
        dated_on=plan["dated_on"],
        meeting=meeting,
        subject=period,
        by=author,
    )
    sections = {section.key: section for section in document.sections.all()}
    texts = {key: manuscript / f"{key}.html" for key in sections}
    written = {
        sections[key].pk: (with_values(path.read_text(encoding="utf-8")), 1)
        for key, path in texts.items()
        if path.exists()
    }
    register.save_sections(document, texts=written, by=author)
    writers = {sections[key].pk: cast.people[person] for key, person in plan["responsible"].items()}
    shares = {key: (person, plan["sections_due"]) for key, person in writers.items()}
    register.share_sections(document, shares, by=author)
    return document


def _approve(report: Document, cast: Cast) -> None:
    """Mark a report's sections as done, and take it to approved."""
    report.sections.update(done_at=timezone.now())
    papers.approve(report, cast)


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
