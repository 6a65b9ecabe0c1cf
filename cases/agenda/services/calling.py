"""Calling a meeting: numbers are fixed, papers released, members and substitutes told."""

from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.agenda.models import AgendaItem, Summons, SummonsRecipient
from cases.register.services import release
from committee.models import Meeting, MeetingDeadline, Membership, Person
from core import clock, formats, jobs
from reports.audiences import Audience
from reports.services import request_rendition


def people_to_call(meeting: Meeting) -> QuerySet[Membership]:
    """Return the memberships of everybody who is called: substitutes too (KL 6:17)."""
    on_the_day = Membership.objects.current(meeting.held_on).filter(body=meeting.body)
    return on_the_day.called().filter(person__is_active=True).for_list()


@transaction.atomic
def call(meeting: Meeting, *, by: Person) -> Summons:
    """Do what the call of a meeting means: numbers, release, recipients, mail on commit, papers."""
    items = list(meeting.items.in_order())
    _number(items)
    _release(items, by)
    summons = Summons.objects.create(meeting=meeting, by=by)
    # Somebody may be both vice chair and member: one summons all the same.
    called = {one.person_id: one for one in people_to_call(meeting)}
    SummonsRecipient.objects.bulk_create(
        SummonsRecipient(summons=summons, person=one.person, role=one.role.key) for one in called.values()
    )
    MeetingDeadline.objects.filter(meeting=meeting, kind=MeetingDeadline.Kind.SUMMONS).update(
        done_on=clock.today()
    )
    jobs.start(
        "agenda.mail_summons",
        by=by,
        title=_("Mail: summons %s") % formats.short_date(meeting.starts_at),
        url=meeting.get_absolute_url(),
        key=f"mail-summons:{summons.pk}",
        summons_id=summons.pk,
    )
    for kind in ("kallelse", "handlingar"):
        request_rendition(meeting, kind, Audience.MEMBERS, by=by)
    return summons


def _number(items: list[AgendaItem]) -> None:
    for number, item in enumerate(items, 1):
        item.number = number
    AgendaItem.objects.bulk_update(items, ["number"])


def _release(items: list[AgendaItem], by: Person) -> None:
    """Let the members see what they are called to deal with."""
    papers = [paper for item in items for paper in item.papers.all()]
    documents = {item.document_id for item in items} | {paper.document_id for paper in papers}
    release(
        cases={item.case_id for item in items if item.case_id},
        documents={key for key in documents if key},
        attachments={paper.attachment_id for paper in papers if paper.attachment_id},
        by=by,
    )


def mail_summons(summons: Summons, *, progress: Any) -> int:
    """Mail everybody who has not yet got the summons; return how many were sent.

    Safe to repeat: who has been mailed is marked one by one. An address that is refused keeps nobody
    else from the summons: the error is raised when all have been tried.
    """
    waiting = list(summons.recipients.filter(mailed_at=None).select_related("person"))
    refused: list[SMTPRecipientsRefused] = []
    with get_connection() as connection:
        for done, recipient in enumerate(waiting):
            progress(done, len(waiting), str(recipient.person))
            try:
                _mail(summons, recipient.person, connection)
            except SMTPRecipientsRefused as error:
                refused.append(error)
            else:
                recipient.mailed_at = timezone.now()
                recipient.save(update_fields=["mailed_at"])
    if refused:
        raise refused[0]
    return len(waiting)


def _mail(summons: Summons, person: Person, connection: Any) -> None:
    with translation.override("sv"):
        meeting = summons.meeting
        context = {
            "meeting": meeting,
            "person": person,
            "items": meeting.items.visible_for(Audience.MEMBERS).in_order(),
            "link": settings.SITE_URL + meeting.get_absolute_url(),
        }
        EmailMessage(
            subject=_("Summons: %(body)s %(day)s")
            % {"body": meeting.body, "day": formats.weekday_date(meeting.starts_at)},
            body=render_to_string("agenda/mail/summons.txt", context),
            to=[person.email],
            connection=connection,
        ).send()
