"""A meeting of any size beside the ordinary demo: what the engine and the pages are measured with."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from django.db import transaction

from cases.agenda import services as agenda
from cases.register import services as register
from cases.register.models import Case, Document, DocumentTemplate, Recipient, Signer
from committee.models import Body, Meeting, Person
from config.demo import papers
from config.demo.people import Cast, everybody
from core import formats

MEETING = date(2023, 10, 17)
WRITTEN = date(2023, 9, 18)
AUTHORS = ("economy", "hr", "lawyer")


def grow(number: int) -> int:
    """Make the meeting of 17 October hold so many reports; return how many were added.

    The first one is left a draft, so that there is something to change; the others are approved.
    What is there stays: a smaller number adds nothing.
    """
    cast = everybody()
    meeting = planned(cast)
    there = meeting.items.count()
    for serial in range(there + 1, number + 1):
        add_report(meeting, cast, Report(serial))
    return max(0, number - there)


@dataclass(frozen=True, slots=True)
class Report:
    """The words of one report, drawn by its number: the same each time."""

    serial: int

    @property
    def subject(self) -> dict[str, str]:
        return _words()["subjects"][(self.serial - 1) % len(_words()["subjects"])]

    @property
    def unit(self) -> str:
        units = _words()["units"]
        return units[(self.serial - 1) // len(_words()["subjects"]) % len(units)]

    @property
    def title(self) -> str:
        return f"{self.subject['title']} {self.unit}"

    @property
    def clauses(self) -> list[str]:
        return [
            f"att godkänna redovisningen av {self.subject['area']} {self.unit}",
            "att förvaltningen återkommer i frågan i oktober 2024",
        ]

    def author(self, cast: Cast) -> Person:
        return cast.people[AUTHORS[self.serial % len(AUTHORS)]]

    @property
    def tells_of_money(self) -> bool:
        """Half of them have their table under economy, from where the item's sheet takes it too."""
        return self.serial % 2 == 0

    def texts(self) -> dict[str, str]:
        """Return the text of each section by its key, as the editor would save it."""
        drawn = Random(self.serial)  # noqa: S311  not for secrets
        return {
            "summary": self._paragraphs(drawn, ("background", 1), ("result", 1)),
            "matter": self._matter(drawn),
            "children": self._paragraphs(drawn, ("children", 1)),
            "economy": "<p>Insatserna ryms inom nämndens ram för 2023.</p>"
            + (_money_table(drawn) if self.tells_of_money else ""),
        }

    def _matter(self, drawn: Random) -> str:
        return "".join(
            [
                "<h3>Bakgrund</h3>",
                self._paragraphs(drawn, ("background", 1)),
                "<h3>Vad som har gjorts</h3>",
                self._paragraphs(drawn, ("work", 1)),
                _measure_table(drawn, 6 if self.tells_of_money else 7),
                "<h3>Resultat</h3>",
                self._paragraphs(drawn, ("result", 1)),
                "" if self.tells_of_money else _count_table(drawn),
                "<h3>Förvaltningens bedömning</h3>",
                self._paragraphs(drawn, ("assessment", 1)),
            ]
        )

    def _paragraphs(self, drawn: Random, *wanted: tuple[str, int]) -> str:
        return "".join(f"<p>{self._said(drawn, pool, count)}</p>" for pool, count in wanted)

    def _said(self, drawn: Random, pool: str, count: int) -> str:
        """Return so many different sentences of a pool, with what this report is about filled in."""
        few, many = sorted(drawn.sample(range(12, 98), 2))
        about = {"area": self.subject["area"], "unit": self.unit, "a": few, "b": many}
        return " ".join(sentence.format(**about) for sentence in drawn.sample(_words()[pool], count))


@cache
def _words() -> dict:
    return tomllib.loads((papers.TEXTS / "scale.toml").read_text(encoding="utf-8"))


def _measure_table(drawn: Random, count: int) -> str:
    """How far so many measures have come."""
    rows = [
        [
            measure,
            drawn.choice(_words()["owners"]),
            drawn.choice(_words()["months"]),
            str(planned := drawn.randint(4, 40)),
            str(drawn.randint(0, planned)),
            drawn.choice(_words()["states"]),
        ]
        for measure in drawn.sample(_words()["measures"], count)
    ]
    return _table(["Åtgärd", "Ansvar", "Klart", "Plan", "Utfall", "Läge"], rows)


def _count_table(drawn: Random) -> str:
    """What was planned and what came of it."""
    rows = [
        [label, str(drawn.randint(40, 90)), str(drawn.randint(40, 90)), drawn.choice(_words()["remarks"])]
        for label in drawn.sample(_words()["rows"], 3)
    ]
    return _table(["Verksamhet", "Plan", "Utfall", "Kommentar"], rows)


def _money_table(drawn: Random) -> str:
    """Budget, outcome and what differs, in thousands of kronor."""
    amounts = [
        (post, drawn.randint(200, 4800), drawn.randint(-240, 240))
        for post in drawn.sample(_words()["posts"], 2)
    ]
    amounts.append(("Summa", *(sum(column) for column in zip(*(row[1:] for row in amounts), strict=True))))
    rows = [
        [post, *map(formats.number, (budget, budget - deviation, deviation))]
        for post, budget, deviation in amounts
    ]
    return _table(["Tkr", "Budget", "Utfall", "Avvikelse"], rows)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th><p>{word}</p></th>" for word in heads)
    body = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def planned(cast: Cast, day: date = MEETING) -> Meeting:
    """Return the meeting of a day in Lindvassa, planned when it is not there."""
    body = cast.bodies["lindvassa"]
    found = Meeting.objects.filter(body=body, starts_at__date=day).first()
    return found or papers.plan(body, cast, day)


@transaction.atomic
def add_report(meeting: Meeting, cast: Cast, report: Report) -> None:
    """Put a report with a case of its own on the agenda; it is approved unless it is the first."""
    document = write(_open_case(meeting.body, cast, report), cast, report, meeting=meeting)
    if report.serial > 1:
        document = papers.approve(document, cast)
    agenda.add_item(
        meeting,
        kind="decision",
        title=document.title,
        case=document.case,
        document=document,
        presenters=[document.author],
        by=cast.people["secretary"],
    )


def _open_case(body: Body, cast: Cast, report: Report) -> Case:
    return register.open_case(
        body,
        title=report.title,
        owner=report.author(cast),
        opened_on=WRITTEN,
        classification=report.subject["code"],
        by=cast.people["secretary"],
    )


def write(case: Case, cast: Cast, report: Report, *, meeting: Meeting | None = None) -> Document:
    """Write a report into a case, as its author does."""
    author = report.author(cast)
    document = register.begin_document(
        case,
        DocumentTemplate.objects.get(municipality=case.body.municipality, kind="tjansteskrivelse"),
        title=report.title,
        author=author,
        dated_on=WRITTEN,
        meeting=meeting,
        by=author,
    )
    texts = report.texts()
    sections = {section.pk: (texts[section.key], 1) for section in document.sections.filter(key__in=texts)}
    register.save_sections(document, texts=sections, by=author)
    register.word_clauses(document.proposals.get(), texts=report.clauses, by=author)
    Signer.objects.create(document=document, person=cast.people["head"], position=0)
    Recipient.objects.create(
        document=document, position=0, name="Enhetscheferna", kind="mailbox", purpose="action"
    )
    return document
