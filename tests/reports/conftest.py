"""The demo's papers, made once for a module; the language of the code."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from cases.agenda import services as agenda
from cases.register.models import Document
from committee.models import Body, Meeting, Person
from committee.services import plan_meeting
from reports.services import make
from tests.demo import loaded
from tests.factories import TODAY, ItemFactory, MeetingFactory, call

MEETING = dt.date(2023, 6, 13)


@pytest.fixture
def english():
    """The texts as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def demo_once(demo_files, django_db_blocker, tmp_path_factory):
    """The demo with its meeting called, and a called meeting in the other house style."""
    files = tmp_path_factory.mktemp("files")
    clock = override_settings(TODAY=TODAY, MEDIA_ROOT=files)
    with django_db_blocker.unblock(), clock, loaded(demo_files, files), transaction.atomic():
        ours = call(Meeting.objects.get(body__municipality__slug="lindvassa", starts_at__date=MEETING))
        theirs = call(a_meeting_in("stromskoga"))
        for meeting in (ours, theirs):
            make(meeting, "handlingar", "members")
        yield SimpleNamespace(files=files, ruled=ours, column=theirs)
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_once, db, settings):
    settings.MEDIA_ROOT = demo_once.files
    return demo_once


def a_meeting_in(municipality: str) -> Meeting:
    """Plan a meeting that deals with all that the municipality has approved."""
    body = Body.objects.get(municipality__slug=municipality)
    secretary, chair = (
        Person.objects.get(memberships__body=body, memberships__role__key=key)
        for key in ("secretary", "chair")
    )
    starts_at = dt.datetime(2023, 6, 14, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
    meeting = plan_meeting(
        body, starts_at=starts_at, place="Bruksvägen 12", chair=chair, secretary=secretary, by=secretary
    )
    for document in Document.objects.filter(case__body=body, status="approved"):
        agenda.add_item(meeting, title=document.title, case=document.case, document=document, by=secretary)
    return meeting


@pytest.fixture
def meeting(body, secretary, chair):
    """A planned meeting of three items, whose papers are five parts."""
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    for text in ("Ett", "Två", "Tre"):
        ItemFactory(meeting=meeting, title=text, text=f"<p>{text}.</p>")
    return meeting


@pytest.fixture
def refusing(monkeypatch):
    """Return a function after which the storage refuses names that begin so, with an error."""

    def refuse(beginning, error):
        saved = FileSystemStorage._save

        def save(self, name, content):
            if name.startswith(beginning):
                raise error
            return saved(self, name, content)

        monkeypatch.setattr(FileSystemStorage, "_save", save)

    return refuse
