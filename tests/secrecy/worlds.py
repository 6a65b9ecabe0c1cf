"""A committee with something of each kind that must not come out.

Every secret holds words that stand nowhere else, so that a page that holds one of them leaks.
"""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from cases.agenda import services as agenda
from cases.register.services import attach
from core.models import Job
from tests.agenda.files import upload
from tests.factories import (
    TODAY,
    BodyFactory,
    CaseFactory,
    DocumentFactory,
    FactFactory,
    ItemFactory,
    MeetingFactory,
    PeriodFactory,
    call,
    person_as,
)
from tests.working import work

# What gives each secret away.
WORDS = {
    "secret item": ["Havssula", "Ejder 17"],
    "secret case": ["Kråkvinkel", "kråkbär", "OSL 26:1"],
    "item in the secret case": ["Skatbo"],
    "secret document": ["Lommebok", "lomvia"],
    "secret file": ["Tranbärsprotokoll", "tranfjäder"],
    "unreleased draft": ["Vipägg", "vipdans"],
    "draft on the agenda": ["Ugglemoss", "uggleskrik"],
    "unsaved text": ["Näktergal"],
    "another case's report": ["Rördrom", "rördroppar"],
    "next meeting's item": ["Gökotta"],
}
SECRETS = [word for words in WORDS.values() for word in words]
# What members read and the public does not: words, a value and a note behind a mask.
MASKED = ["storspov", "8\u00a0317", "kornknarr"]
OPEN = ["Internkontrollplan", "Planen i korthet", "att anta planen"]

CHIP = '<span data-figure="fact.value" data-args=\'{{"key":"{}"}}\'>x</span>'
MATTER = f"""
<p>Sju beslut, {CHIP.format("open")} stycken. <span data-mask="26:1">Ombud är storspov med {CHIP.format("masked")}
ärenden<span data-footnote="">Se kornknarr.</span></span></p>
"""
ROLES = ("secretary", "case_officer", "head", "chair", "member", "substitute", "administrator")


def open_world() -> SimpleNamespace:
    """Make people, a planned meeting and what anybody in the committee may read of it."""
    body = BodyFactory()
    people = {role: person_as(role, body, first_name="Alva", last_name=role.title()) for role in ROLES}
    meeting = MeetingFactory(
        body=body, secretary=people["secretary"], chair=people["chair"], starts_at=at(2023, 6, 13)
    )
    period = PeriodFactory(body=body)
    for key, value in (("open", 7), ("masked", 8317)):
        FactFactory(period=period, key=key, value=value, by=people["case_officer"])
    case = CaseFactory(body=body, title="Internkontrollplan", owner=people["case_officer"])
    report = DocumentFactory(
        case=case,
        subject=period,
        texts={"summary": "<p>Planen i korthet.</p>", "matter": MATTER},
        clauses=["att anta planen"],
        status="approved",
    )
    item = ItemFactory(meeting=meeting, title="Internkontrollplan", case=case, document=report)
    ItemFactory(meeting=meeting, title="Rapporter", text="<p>Muntligt.</p>")
    later = MeetingFactory(body=body, secretary=people["secretary"], starts_at=at(2023, 9, 19))
    return SimpleNamespace(
        body=body, meeting=meeting, case=case, report=report, item=item, later=later, **people
    )


def add_secrets(world: SimpleNamespace) -> None:
    """Put something of each kind of secret beside what is open."""
    world.hidden = CaseFactory(
        body=world.body, title="Kråkvinkel", is_secret=True, secrecy_ground="OSL 26:1", released=True
    )
    world.in_hidden = document(
        world.hidden, "Kråkvinkels utredning", "kråkbär", status="approved", released=True
    )
    world.secret = document(
        world.case, "Lommebok", "lomvia", status="approved", is_secret=True, released=True
    )
    world.draft = document(world.case, "Vipägg", "vipdans")
    world.unapproved = document(world.case, "Ugglemoss", "uggleskrik", status="ready")
    world.file = attach(
        world.case,
        upload("tranfjäder"),
        title="Tranbärsprotokoll",
        dated_on=TODAY,
        by=world.case_officer,
        is_secret=True,
    )
    section = world.draft.sections.get(key="economy")
    section.drafts.create(by=world.case_officer, text="<p>Näktergal</p>", base_version=1)
    document(
        CaseFactory(body=world.body, title="Rördrom"), "Rördroms rapport", "rördroppar", status="approved"
    )
    add_secret_items(world)


def add_secret_items(world: SimpleNamespace) -> None:
    by = world.secretary
    agenda.change_item(world.item, papers=[world.secret, world.unapproved, world.file], by=by)
    in_case = ItemFactory(meeting=world.meeting, title="Skatbo", case=world.hidden, document=world.in_hidden)
    secret = ItemFactory(
        meeting=world.meeting,
        title="Havssula – sekretess",
        is_secret=True,
        outside_reference="Ejder 17",
    )
    # Somebody has dragged them to the top.
    agenda.order_items(world.meeting, keys=[secret.pk, in_case.pk], by=by)
    ItemFactory(meeting=world.later, title="Gökotta")


def document(case, title, text, **more):
    return DocumentFactory(
        case=case, title=title, texts={"summary": f"<p>{text}</p>"}, clauses=[f"att {text}"], **more
    )


def at(*day: int) -> dt.datetime:
    return dt.datetime(*day, 18, tzinfo=ZoneInfo("Europe/Stockholm"))


def send(world: SimpleNamespace) -> None:
    """Call the meeting when its files have been examined, and do all that the workers do then."""
    work()
    call(world.meeting)
    work()
    failed = Job.objects.exclude(state=Job.State.DONE).values_list("name", "error")
    assert list(failed) == []
    world.meeting.refresh_from_db()


def leaks(found: dict[str, str]) -> set[tuple[str, str]]:
    """Return which secrets stand in which places, but for the words that were searched for."""
    return {
        (what, place)
        for place, content in found.items()
        for what, words in WORDS.items()
        for word in words
        if word not in place and word.lower() in content.lower()
    }
