"""Reminders when many workers send them at once."""

import datetime as dt

import pytest
from django.core import mail

from cases.register.models import Section
from committee.models import Person
from core.reminding import remind
from tests.core.test_jobs_together import in_threads
from tests.factories import BodyFactory, CaseFactory, DocumentFactory, TemplateFactory, person_as

pytestmark = pytest.mark.django_db(transaction=True)

DUE = dt.date(2023, 6, 12)


def test_of_six_workers_one_sends_the_mail():
    body = BodyFactory()
    officer = person_as("case_officer", body)
    template = TemplateFactory(municipality=body.municipality, kind="delar", is_report=True)
    report = DocumentFactory(case=CaseFactory(body=body, owner=officer), template=template)
    Section.objects.filter(document=report, block="").update(responsible=officer, due_on=DUE)

    sent = in_threads(lambda _place: remind(Person.objects.get(pk=officer.pk), DUE), 6, threads=6)

    assert sorted(sent) == [False] * 5 + [True]
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
