"""A committee with something of each kind that must not come out.

Every secret holds words that stand nowhere else, so that a page that holds one of them leaks.
"""

from types import SimpleNamespace

import pytest

from cases.agenda import services as agenda
from cases.register.services import attach
from core import jobs
from core.models import Job
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, DocumentFactory, ItemFactory, MeetingFactory, call

# What gives each secret away.
WORDS = {
    "secret item": ["Individärende", "Akt 9917", "9917"],
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
OPEN_WORDS = ["Internkontrollplan", "storspov"]


@pytest.fixture
def meeting(body, secretary, chair):
    return MeetingFactory(body=body, secretary=secretary, chair=chair)


@pytest.fixture
def open_case(body):
    return CaseFactory(body=body, title="Internkontrollplan")


@pytest.fixture
def report(open_case, meeting):
    """The approved report of the open case, on the agenda."""
    report = DocumentFactory(
        case=open_case,
        texts={
            "summary": "<p>Planen i korthet.</p>",
            "matter": '<p>Ombud är <span data-mask="26:1">storspov</span>.</p>',
        },
        clauses=["att anta planen"],
        status="approved",
    )
    ItemFactory(meeting=meeting, title="Internkontrollplan", case=open_case, document=report)
    ItemFactory(meeting=meeting, title="Rapporter", text="<p>Muntligt.</p>")
    return report


@pytest.fixture
def add_secrets(body, meeting, open_case, report, case_officer):
    """Return a function that puts everything that is secret beside what is open."""

    def add():
        hidden = CaseFactory(body=body, title="Kråkvinkel", is_secret=True, secrecy_ground="OSL 26:1", released=True)
        in_hidden = document(hidden, "Kråkvinkels utredning", "kråkbär", status="approved", released=True)
        secret = document(open_case, "Lommebok", "lomvia", status="approved", is_secret=True, released=True)
        draft = document(open_case, "Vipägg", "vipdans")
        on_agenda = document(open_case, "Ugglemoss", "uggleskrik", status="ready")
        file = attach(
            open_case,
            upload("tranfjäder"),
            title="Tranbärsprotokoll",
            dated_on=TODAY,
            by=case_officer,
            is_secret=True,
        )
        draft.sections.get(key="economy").drafts.create(by=case_officer, text="<p>Näktergal</p>", base_version=1)
        document(CaseFactory(body=body, title="Rördrom"), "Rördroms rapport", "rördroppar", status="approved")
        item = meeting.items.get(document=report)
        agenda.change_item(item, papers=[secret, on_agenda, file], by=meeting.secretary)
        ItemFactory(meeting=meeting, title="Skatbo", case=hidden, document=in_hidden)
        ItemFactory(meeting=meeting, title="Individärende – sekretess", is_secret=True, outside_reference="Akt 9917")
        ItemFactory(
            meeting=MeetingFactory(body=body, secretary=meeting.secretary, starts_at="2023-09-19T16:00Z"),
            title="Gökotta",
        )

    return add


def document(case, title, text, **more):
    return DocumentFactory(
        case=case, title=title, texts={"summary": f"<p>{text}</p>"}, clauses=[f"att {text}"], **more
    )


@pytest.fixture
def add_meeting(body, secretary):
    """The meeting after next, in a world without its items."""

    def add():
        MeetingFactory(body=body, secretary=secretary, starts_at="2023-09-19T16:00Z")

    return add


@pytest.fixture
def send(meeting):
    """Return a function that calls the meeting and does all that the workers do then."""

    def done():
        call(meeting)
        for job in Job.objects.filter(state=Job.State.QUEUED).order_by("pk"):
            jobs.run(job.pk)
        failed = Job.objects.exclude(state=Job.State.DONE).values_list("name", "error")
        assert list(failed) == []
        meeting.refresh_from_db()

    return done


@pytest.fixture
def world(add_secrets, send, report, open_case, meeting):
    """Everything, called."""
    add_secrets()
    send()
    return SimpleNamespace(meeting=meeting, report=report, case=open_case)
