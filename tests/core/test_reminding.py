"""One mail to each person with everything of theirs that is missing or due soon; never two on one day."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from cases.register.models import Section
from core import reminding
from core.models import Job, Reminding
from core.reminding import moment, remind, remind_all
from core.tasks import start_reminders
from tests.factories import CaseFactory, DocumentFactory, TemplateFactory

DUE = dt.date(2023, 6, 12)


def day(number):
    return DUE + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (-8, None),
        (-7, -7),
        (-2, -7),
        (-1, -1),
        (0, -1),
        (1, 1),
        (7, 1),
        (8, 8),
        (16, 15),
        (60, 57),
        (61, None),
    ],
)
def test_one_is_reminded_a_week_and_a_day_before_the_day_after_and_every_week_from_then(today, expected):
    assert moment(DUE, day(today)) == (expected if expected is None else day(expected))


@pytest.fixture
def section(body, case_officer):
    """A section of a report that the case officer has to write by DUE."""
    template = TemplateFactory(
        municipality=body.municipality, kind="delar", name="Delårsrapport",
        is_report=True, sections=[("economy", "Ekonomi", "", True)],
    )  # fmt: skip
    report = DocumentFactory(case=CaseFactory(body=body, owner=case_officer), template=template)
    Section.objects.filter(document=report).update(responsible=case_officer, due_on=DUE)
    return report.sections.get()


def links_in(letter):
    return re.findall(r"\S+://[^/]+(/\S+)", letter.body)


def path_of(letter, part):
    return next(link for link in links_in(letter) if link.startswith(part))


def test_a_mail_tells_what_is_missing_by_when_and_where(section, case_officer):
    sent = remind(case_officer, day(-7))

    [letter] = mail.outbox
    assert (sent, letter.to, letter.subject) == (True, [case_officer.email], "1 sak väntar på dig")
    assert "Skriv ”Ekonomi”" in letter.body
    assert "sista dag mån 12\u00a0juni 2023" in letter.body
    assert len(links_in(letter)) == 2


def test_nothing_is_sent_while_nothing_has_passed_a_moment(section, case_officer):
    sent = [remind(case_officer, day(number)) for number in (-20, -7, -7, -6, -1, 0, 1, 5, 8)]

    assert sent == [False, True, False, False, True, False, True, False, True]


def test_who_has_done_everything_is_left_alone(section, case_officer):
    Section.objects.update(done_at="2023-06-01T12:00Z")

    assert not remind(case_officer, day(1))


def test_who_does_not_want_it_gets_nothing(section, case_officer):
    Reminding.objects.create(person=case_officer, is_wanted=False)

    assert not remind(case_officer, day(1))
    assert mail.outbox == []


def test_an_address_that_is_refused_is_tried_again_and_keeps_nobody_from_theirs(
    section, case_officer, head, monkeypatch
):
    Section.objects.create(
        document=section.document, key="more", heading="Mer", position=9, responsible=head, due_on=DUE
    )

    def refuse(letter):
        if letter.to == [case_officer.email]:
            raise SMTPRecipientsRefused({})
        mail.outbox.append(letter)

    monkeypatch.setattr("core.reminding.EmailMessage.send", refuse)

    with pytest.raises(SMTPRecipientsRefused):
        remind_all(day(1), lambda done, total: None)

    assert [letter.to for letter in mail.outbox] == [[head.email]]
    assert Reminding.objects.get(person=case_officer).last_on is None


def test_the_beat_starts_one_job_for_all(section, case_officer):
    start_reminders()
    start_reminders()

    assert Job.objects.active().filter(name="core.remind").count() == 1


def test_the_link_leads_by_the_log_in_to_the_page_and_only_for_whom_it_is(
    section, case_officer, head, client, client_for
):
    remind(case_officer, day(1))
    link = path_of(mail.outbox[0], "/way/")
    page = f"/documents/{section.document_id}/?section=economy"

    asked = client.get(link)
    mine = client_for(case_officer).get(link)
    other = client_for(head).get(link)

    assert asked.headers["Location"].startswith("/accounts/login/?next=/documents/")
    assert mine.headers["Location"] == page
    assert other.status_code == 403


@pytest.mark.parametrize("token", ["nonsens", "WzEsIi8iXQ:1q:abc"])
def test_a_link_that_is_not_ours_leads_nowhere_and_says_so(client, db, token):
    answer = client.get(f"/way/{token}/")

    assert answer.status_code == 404
    assert "Till mitt skrivbord" in answer.content.decode()


def test_a_way_leads_to_no_other_site(client, case_officer):
    assert client.get(f"/way/{reminding.way(case_officer, 'https://example.org/')}/").status_code == 404


def test_reminders_are_turned_off_by_the_link_but_not_by_only_following_it(section, case_officer, client):
    remind(case_officer, day(1))
    link = path_of(mail.outbox[0], "/reminders/off/")

    client.get(link)
    followed = Reminding.objects.get(person=case_officer).is_wanted
    client.post(link)

    assert (followed, Reminding.objects.get(person=case_officer).is_wanted) == (True, False)
    assert link in mail.outbox[0].extra_headers["List-Unsubscribe"]


def test_they_are_turned_off_and_on_on_ones_own_page(case_officer, client_for):
    browser = client_for(case_officer)
    browser.post("/reminders/", {})
    off = Reminding.objects.get(person=case_officer).is_wanted
    browser.post("/reminders/", {"is_wanted": "on"})

    assert (off, Reminding.objects.get(person=case_officer).is_wanted) == (False, True)
