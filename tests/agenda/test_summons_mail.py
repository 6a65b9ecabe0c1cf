"""The mail with the summons: to whom, when, once, and also when the mail server is away for a while."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from cases.agenda.models import SummonsRecipient
from committee.models import Membership, Person
from core.models import Job
from core.services import take_step
from core.workflow import PreflightNeeded
from tests.factories import ItemFactory, MembershipFactory, call, person_as

HERE = "tests.agenda.test_summons_mail."


class FailsOnce(EmailBackend):
    """A mail server that hangs up at the second mail, the first time."""

    has_failed = False

    def send_messages(self, messages):
        if len(mail.outbox) == 1 and not self.has_failed:
            type(self).has_failed = True
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


class RefusesOne(EmailBackend):
    """A mail server that does not know one of the addresses."""

    unknown = "okand@granby.example"

    def send_messages(self, messages):
        if self.unknown in messages[0].to:
            raise SMTPRecipientsRefused({self.unknown: (550, b"No such user here")})
        return super().send_messages(messages)


def mailed():
    return sorted(to for sent in mail.outbox for to in sent.to)


def due_again(job):
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


@pytest.fixture
def called_people(meeting, member, substitute):
    return sorted([meeting.chair.email, member.email, substitute.email])


def test_chair_members_and_substitutes_get_one_mail_each(meeting, called_people, run_jobs):
    call(meeting)

    run_jobs("agenda.mail_summons")

    assert mailed() == called_people


def test_nobody_gets_mail_before_the_call_is_committed(meeting, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as on_commit:
        call(meeting)

    assert mail.outbox == []
    assert len(on_commit) == 3  # the mail and the two files


def test_a_call_that_fails_leaves_no_mail_behind(meeting, member):
    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)

    assert not Job.objects.filter(name="agenda.mail_summons").exists()


def test_who_prepares_or_has_no_part_is_not_called(meeting, people):
    call(meeting)

    called = set(SummonsRecipient.objects.values_list("person", flat=True))

    assert called == {meeting.chair.pk, people.member.pk, people.substitute.pk}


#                    from          until         called
MEMBERSHIPS = {
    "ended before the call": ("2023-01-01", "2023-03-31", False),
    "ends before the meeting": ("2023-01-01", "2023-06-12", False),
    "ends on the day": ("2023-01-01", "2023-06-13", True),
    "begins on the day": ("2023-06-13", None, True),
    "begins after the meeting": ("2023-06-14", None, False),
}


@pytest.mark.parametrize("when", MEMBERSHIPS)
def test_those_who_are_members_on_the_day_of_the_meeting_are_called(when, meeting):
    from_on, to_on, is_called = MEMBERSHIPS[when]
    person = MembershipFactory(body=meeting.body, key="member", from_on=from_on, to_on=to_on).person

    call(meeting)

    assert SummonsRecipient.objects.filter(person=person).exists() == is_called


def test_somebody_who_no_longer_has_an_account_is_not_called(meeting, member):
    Person.objects.filter(pk=member.pk).update(is_active=False)

    call(meeting)

    assert not SummonsRecipient.objects.filter(person=member).exists()


def test_members_of_another_body_are_not_called(meeting):
    stranger = MembershipFactory(key="member").person

    call(meeting)

    assert not SummonsRecipient.objects.filter(person=stranger).exists()


def test_somebody_with_two_parts_gets_one_mail(meeting, member, run_jobs):
    MembershipFactory(person=member, body=meeting.body, key="vice_chair")

    call(meeting)
    run_jobs("agenda.mail_summons")

    assert Membership.objects.filter(person=member).count() == 2
    assert mailed() == sorted([meeting.chair.email, member.email])


def test_the_mail_says_when_and_where_and_with_what_and_where_to_read(meeting, member, run_jobs, settings):
    settings.SITE_URL = "https://namnd.granby.example"
    ItemFactory(meeting=meeting, title="Internkontrollplan <2023> & uppföljning")
    call(meeting)

    run_jobs("agenda.mail_summons")

    body = next(sent.body for sent in mail.outbox if sent.to == [member.email])
    assert "1. Internkontrollplan <2023> & uppföljning" in body
    for words in (member.first_name, "13\u00a0juni 2023", meeting.place, meeting.secretary.email):
        assert words in body
    assert f"https://namnd.granby.example{meeting.get_absolute_url()}" in body.splitlines()


def test_the_mail_job_done_again_sends_nothing_twice(meeting, called_people, run_jobs):
    call(meeting)
    (job,) = run_jobs("agenda.mail_summons")
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)

    (again,) = run_jobs("agenda.mail_summons")

    assert (again.attempts, again.state) == (2, Job.State.DONE)
    assert mailed() == called_people


def test_a_mail_server_that_hangs_up_is_tried_again_for_those_who_have_no_mail_yet(
    meeting, called_people, run_jobs, settings, monkeypatch
):
    settings.EMAIL_BACKEND = f"{HERE}FailsOnce"
    monkeypatch.setattr(FailsOnce, "has_failed", False)
    call(meeting)

    (first,) = run_jobs("agenda.mail_summons")
    before = len(mail.outbox)
    due_again(first)
    (second,) = run_jobs("agenda.mail_summons")

    assert (first.state, second.state, before) == (Job.State.QUEUED, Job.State.DONE, 1)
    assert mailed() == called_people


def test_one_address_that_is_refused_keeps_nobody_else_from_the_summons(
    meeting, called_people, run_jobs, settings
):
    settings.EMAIL_BACKEND = f"{HERE}RefusesOne"
    person_as("member", meeting.body, email=RefusesOne.unknown)
    call(meeting)

    (job,) = run_jobs("agenda.mail_summons")

    assert mailed() == called_people
    assert (job.state, "No such user here" in job.error) == (Job.State.QUEUED, True)
    assert SummonsRecipient.objects.get(mailed_at=None).person.email == RefusesOne.unknown


def test_a_mail_server_that_stays_away_fails_the_job_in_the_end(meeting, member, run_jobs, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # nobody answers there
    call(meeting)

    for _time in range(5):
        (job,) = run_jobs("agenda.mail_summons")
        due_again(job)

    assert (job.state, job.attempts) == (Job.State.FAILED, 5)
    assert "refused" in job.error
