"""Two secretaries press the same button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from cases.agenda.models import Summons, SummonsRecipient
from cases.agenda.services import add_item
from core import jobs
from core.models import Job, StepTaken
from core.services import review, take_step
from core.workflow import PreflightNeeded, StepNotAllowed
from tests.factories import ItemFactory, call, person_as

pytestmark = pytest.mark.django_db(transaction=True)


def together(*verbs):
    """Run the verbs at the same moment, each on a connection of its own; return what became of each."""
    ready = Barrier(len(verbs))

    def one(verb):
        ready.wait()
        try:
            verb()
        except (StepNotAllowed, PreflightNeeded) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(one, verbs))


def test_of_two_secretaries_who_call_one_succeeds_and_one_set_of_mails_goes_out(meeting, secretary, member):
    second = person_as("secretary", meeting.body)
    ItemFactory(meeting=meeting)
    review(meeting, by=secretary)

    ended = together(*(lambda by=by: take_step(meeting, "call", by=by) for by in (secretary, second)))

    mailing = Job.objects.get(name="agenda.mail_summons")
    jobs.run(mailing.pk)
    assert ended == ["StepNotAllowed", "done"]
    assert (Summons.objects.count(), StepTaken.objects.of(meeting).count()) == (1, 1)
    assert sorted(to for sent in mail.outbox for to in sent.to) == sorted([meeting.chair.email, member.email])


def test_an_item_added_while_the_meeting_is_called_is_numbered_or_refused(meeting, secretary):
    ItemFactory(meeting=meeting, title="A")
    review(meeting, by=secretary)

    together(
        lambda: take_step(meeting, "call", by=secretary),
        lambda: add_item(meeting, title="B", by=secretary),
    )

    meeting.refresh_from_db()
    unnumbered = meeting.items.filter(number=None).exists()
    assert unnumbered == meeting.is_planned


def test_two_who_run_the_same_mail_job_send_one_set_of_mails(meeting, member):
    call(meeting)
    mailing = Job.objects.get(name="agenda.mail_summons")

    together(*[lambda: jobs.run(mailing.pk)] * 2)

    assert SummonsRecipient.objects.filter(mailed_at=None).count() == 0
    assert len(mail.outbox) == 2
