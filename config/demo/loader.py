"""The demo: an invented municipality's committee on the way to its meeting of 13 June 2023."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F

from cases.agenda import services as agenda
from cases.register import services as register
from cases.register.models import Case, Document, Fact
from committee.models import Body, Meeting, MeetingDeadline, Period
from config.demo import finance, measures, papers, periods, reports
from config.demo.papers import Manuscript
from config.demo.people import Cast, add_everybody
from core.services import review, take_step

MEETING = date(2023, 6, 13)
TODAY = date(2023, 6, 5)  # the summons is due: 6 June is the national day
FACT_LABELS = {
    "unexecuted.executed": "Beslut som har verkställts",
    "unexecuted.closed": "Beslut som har avslutats utan att verkställas",
    "unexecuted.open": "Beslut som ännu inte är verkställda",
    "unexecuted.new": "Nya ej verkställda beslut",
    "unexecuted.total": "Beslut i rapporten",
}
# Number, title, classification, owner, opened, and what else is known of the case.
CASES = [
    (
        "SN/2022:00596",
        "Anmälningsärenden 2022–2023",
        "1.1.3.1",
        "secretary",
        "2022-01-10",
        {"is_collective": True},
    ),
    (
        "SN/2023:00007",
        "Förvaltningschefen informerar",
        "1.1.3.2",
        "secretary",
        "2023-01-09",
        {"is_collective": True},
    ),
    ("SN/2023:00092", "Ej verkställda beslut 2023", "1.1.6.7", "lawyer", "2023-02-20", {"origin": "yearly"}),
    (
        "SN/2023:00144",
        "Granskning av arbetsmarknadsinsatser för personer med ekonomiskt bistånd",
        "1.2.4.5",
        "lawyer",
        "2023-03-27",
        {
            "origin": "audit",
            "sender": "Kommunens revisorer",
            "answer_due_on": date(2023, 5, 31),
            "extended_to": date(2023, 6, 20),
        },
    ),
    ("SN/2023:00183", "Internkontrollplan 2023", "1.2.3.2", "economy", "2023-04-24", {"origin": "yearly"}),
    ("SN/2023:00217", "Förvaltningens ekonomi och investeringsplan", "1.2.2.1", "economy", "2023-05-22", {}),
    (
        "SN/2023:00220",
        "Systematiskt arbetsmiljöarbete 2023",
        "2.3.4.1",
        "hr",
        "2023-05-24",
        {"origin": "yearly"},
    ),
]


@transaction.atomic
def load() -> None:
    """Fill an empty database with the demo."""
    cast = add_everybody()
    body = cast.bodies["lindvassa"]
    quarter = _add_quarters(body)
    years = periods.add(body)
    measures.add(body, cast, years)
    finance.add(body, cast, years)
    cases = {row[0]: _add_case(body, cast, *row) for row in CASES}
    _hold_may_meeting(body, cast, cases)
    meeting = papers.plan(body, cast, MEETING)
    passed = meeting.deadlines.filter(due_on__lt=TODAY)
    passed.exclude(kind=MeetingDeadline.Kind.MANUSCRIPT).update(done_on=F("due_on"))  # item 6 is late
    written = _write_papers(cast, cases, meeting, quarter)
    _fill_agenda(meeting, cast, cases, written)
    _word_chairs_proposals(meeting, cast)
    review(meeting, by=cast.people["secretary"])
    reports.add(body, cast, years, cases)
    papers.plan(body, cast, date(2023, 11, 21))
    _add_second_municipality(cast)
    periods.close_past(years, by=cast.people["controller"])


def _add_case(
    body: Body, cast: Cast, number: str, title: str, code: str, owner: str, opened: str, more: dict
) -> Case:
    return papers.add_case(
        body,
        number,
        title=title,
        owner=cast.people[owner],
        opened_on=date.fromisoformat(opened),
        classification=code,
        by=cast.people["secretary"],
        **more,
    )


def _add_quarters(body: Body) -> Period:
    """Save the quarters of 2022 and 2023; return the second one of 2023."""
    ends = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
    quarters = {
        (year, number): Period.objects.create(
            body=body,
            kind=Period.Kind.QUARTER,
            year=year,
            number=number,
            starts_on=date(year, 3 * number - 2, 1),
            ends_on=date(year, *ends[number]),
        )
        for year in (2022, 2023)
        for number in ends
    }
    return quarters[2023, 2]


def _hold_may_meeting(body: Body, cast: Cast, cases: dict[str, Case]) -> None:
    """The meeting before: called and held, so that members have something behind them to read."""
    secretary = cast.people["secretary"]
    meeting = papers.plan(body, cast, date(2023, 5, 16))
    _add_item(
        meeting, cast, cases, "information", "SN/2023:00007", "Förvaltningschefen informerar", "item1", "head"
    )
    _add_item(
        meeting, cast, cases, "information", "SN/2023:00217", "Investeringsplan 2024–2027", "item3", "economy"
    )
    review(meeting, by=secretary)
    take_step(meeting, "call", by=secretary)
    take_step(meeting, "hold", by=secretary)
    sent_on = meeting.deadlines.get(kind=MeetingDeadline.Kind.SUMMONS).due_on
    meeting.summonses.update(called_at=datetime.combine(sent_on, time(9), tzinfo=meeting.starts_at.tzinfo))


def _write_papers(
    cast: Cast, cases: dict[str, Case], meeting: Meeting, quarter: Period
) -> dict[str, Document]:
    names = [
        "item4-tjansteskrivelse",
        "item5-yttrande",
        "item5-tjansteskrivelse",
        "item6-tjansteskrivelse",
        "item7-tjansteskrivelse",
    ]
    manuscripts = {name: Manuscript.read(name) for name in names}
    _add_facts(manuscripts["item7-tjansteskrivelse"], quarter, cast)
    written = {"item4-internkontrollplan": _revise_plan(cast, cases["SN/2023:00183"], meeting)}
    written |= {
        name: papers.add_document(
            manuscript,
            cases[manuscript.facts["case"]],
            cast,
            meeting=meeting,
            subject=quarter if "facts" in manuscript.facts else None,
        )
        for name, manuscript in manuscripts.items()
    }
    for name, manuscript in manuscripts.items():
        papers.add_basis(written[name], manuscript.facts, written)
    # Item 6 is still being written.
    for name in (
        "item4-tjansteskrivelse",
        "item5-yttrande",
        "item5-tjansteskrivelse",
        "item7-tjansteskrivelse",
    ):
        written[name] = papers.approve(written[name], cast)
    return written


def _revise_plan(cast: Cast, case: Case, meeting: Meeting) -> Document:
    """The plan as it was adopted, and the new edition in which two controls are others."""
    manuscript = Manuscript.read("item4-internkontrollplan")
    first = papers.add_document(manuscript, case, cast, meeting=None)
    author = first.author
    register.describe(
        first,
        title="Socialnämndens internkontrollplan 2023",
        dated_on=date(2022, 12, 6),
        meeting=None,
        by=author,
    )
    controls = first.sections.get(key="controls")
    before = (papers.TEXTS / "item4-internkontrollplan-2022" / "controls.html").read_text(encoding="utf-8")
    register.save_sections(first, texts={controls.pk: (before, controls.version)}, by=author)
    second = register.begin_edition(
        papers.approve(first, cast), by=author, dated_on=manuscript.facts["dated_on"]
    )
    register.describe(
        second,
        title=manuscript.facts["title"],
        dated_on=manuscript.facts["dated_on"],
        meeting=meeting,
        by=author,
    )
    controls = second.sections.get(key="controls")
    register.save_sections(second, texts={controls.pk: (manuscript.text("controls"), 1)}, by=author)
    return papers.approve(second, cast)


def _add_facts(manuscript: Manuscript, quarter: Period, cast: Cast) -> None:
    """Enter item 7's numbers, each once; every place where they are said refers to them."""
    Fact.objects.bulk_create(
        Fact(
            body=quarter.body,
            period=quarter,
            key=key,
            label=FACT_LABELS[key],
            value=value,
            as_of=manuscript.facts["dated_on"],
            source="Rapporteringen till IVO, kvartal 2",
            by=cast.people[manuscript.facts["author"]],
        )
        for key, value in manuscript.facts["facts"].items()
    )


def _fill_agenda(meeting: Meeting, cast: Cast, cases: dict[str, Case], written: dict[str, Document]) -> None:
    """The eight items of the meeting, and one individual case."""
    _add_item(
        meeting, cast, cases, "information", "SN/2023:00007", "Förvaltningschefen informerar", "item1", "head"
    )
    _add_item(
        meeting, cast, cases, "information", "SN/2023:00217", "Introduktion till förvaltningens ekonomi", "item2",
        "economy", minutes=20,
    )  # fmt: skip
    _add_item(
        meeting, cast, cases, "information", "SN/2023:00217", "Investeringsplan 2024–2027", "item3", "economy"
    )
    _add_decision(
        meeting, cast, written["item4-tjansteskrivelse"], annexes=[written["item4-internkontrollplan"]]
    )
    _add_decision(meeting, cast, written["item5-tjansteskrivelse"], annexes=[written["item5-yttrande"]])
    _add_decision(meeting, cast, written["item6-tjansteskrivelse"])
    _add_decision(meeting, cast, written["item7-tjansteskrivelse"])
    _add_item(meeting, cast, cases, "reported", "SN/2022:00596", "Anmälningsärenden", "item8", "secretary")
    agenda.add_item(
        meeting,
        kind="decision",
        title="Individärende – sekretess",
        is_secret=True,
        outside_reference="Treserva 4471",
        by=cast.people["secretary"],
    )


def _add_item(
    meeting: Meeting,
    cast: Cast,
    cases: dict[str, Case],
    kind: str,
    number: str,
    title: str,
    text: str,
    presenter: str,
    minutes: int | None = None,
) -> None:
    agenda.add_item(
        meeting,
        kind=kind,
        title=title,
        case=cases[number],
        text=(papers.TEXTS / "items" / f"{text}.html").read_text(encoding="utf-8"),
        presenters=[cast.people[presenter]],
        minutes=minutes,
        by=cast.people["secretary"],
    )


def _add_decision(
    meeting: Meeting, cast: Cast, document: Document, annexes: list[Document] | None = None
) -> None:
    agenda.add_item(
        meeting,
        kind="decision",
        title=document.title,
        case=document.case,
        document=document,
        papers=annexes or [],
        presenters=[document.author],
        by=cast.people["secretary"],
    )


def _word_chairs_proposals(meeting: Meeting, cast: Cast) -> None:
    """The chair stands behind the department's proposals in items 4 and 7."""
    for item in meeting.items.filter(document__status=Document.Status.APPROVED):
        clauses = [clause.text for clause in item.document.proposals.get().effective_clauses]
        agenda.word_chairs_proposal(item, texts=clauses, by=cast.people["chair"])


def _add_second_municipality(cast: Cast) -> None:
    """One case and one report in the other house style, under a number from another diary."""
    manuscript = Manuscript.read("stromskoga-tjansteskrivelse")
    body, officer = cast.bodies["stromskoga"], cast.people["stromskoga_officer"]
    case = papers.add_case(
        body,
        manuscript.facts["case"],
        title=manuscript.facts["title"],
        owner=officer,
        opened_on=manuscript.facts["dated_on"],
        classification=manuscript.facts["code"],
        by=cast.people["stromskoga_secretary"],
    )
    document = papers.add_document(manuscript, case, cast, meeting=None)
    papers.add_basis(document, manuscript.facts, {"stromskoga-tjansteskrivelse": document})
    papers.approve(document, cast, head="stromskoga_head")
