"""Reminders: one mail to each person with everything of theirs that is missing or due soon.

What waits for somebody is what the desk says (`@desk(…, reminds=True)`). A mail is sent when something on it passes one
of its moments: a week before its day, the day before, the day after, and then once a week until it is done, for
two months at most. A day on
which nothing could be sent is made up for, and nobody gets two mails on one day.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from core.desk import DeskItem, items_to_remind_of
from core.models import Reminding

AHEAD = timedelta(days=14)  # what is told of, once a mail is sent
BEFORE = (timedelta(days=7), timedelta(days=1))
AFTER = timedelta(days=1)
AGAIN = timedelta(days=7)
MOST_LATE = timedelta(days=60)

WAY = "core.reminding.way"
OFF = "core.reminding.off"
WAY_LASTS = timedelta(days=60)


def moment(due_on: date, today: date) -> date | None:
    """Return the latest day, today at most, on which one is reminded of what is due on a day.

    None before the first, and when it is so late that reminding has been no use.
    """
    if today > due_on + MOST_LATE:
        return None
    late = due_on + AFTER
    days = [due_on - before for before in BEFORE] + [late + AGAIN * max(0, (today - late) // AGAIN)]
    return max((day for day in days if day <= today), default=None)


def is_time(items: Iterable[DeskItem], last_on: date | None, today: date) -> bool:
    """Say whether something has passed a moment since the last mail."""
    moments = [found for item in items if item.due_on and (found := moment(item.due_on, today))]
    return any(last_on is None or found > last_on for found in moments)


def remind(person: Any, today: date) -> bool:
    """Mail somebody what waits for them, if it is time; say whether a mail was sent.

    The mail is sent while the person's row is locked, and the day is noted with it: two workers send one, and one
    that the mail server does not take is tried again.
    """
    Reminding.objects.get_or_create(person=person)
    with transaction.atomic():
        row = Reminding.objects.select_for_update().get(person=person)
        if not row.is_wanted or row.last_on == today:
            return False
        items = [
            item for item in items_to_remind_of(person, today) if item.due_on and item.due_on <= today + AHEAD
        ]
        if not is_time(items, row.last_on, today):
            return False
        row.last_on = today
        row.save(update_fields=["last_on"])
        _mail(person, items, today)
    return True


def remind_all(today: date, progress: Callable[[int, int], None]) -> int:
    """Remind everybody who wants it; return how many mails were sent.

    Safe to repeat. An address that is refused keeps nobody else from theirs: the error is raised when all have been
    tried.
    """
    people = list(
        get_user_model().objects.filter(is_active=True).exclude(reminding__is_wanted=False).order_by("pk")
    )
    refused: list[SMTPRecipientsRefused] = []
    sent = 0
    for done, person in enumerate(people):
        progress(done, len(people))
        try:
            sent += remind(person, today)
        except SMTPRecipientsRefused as error:
            refused.append(error)
    if refused:
        raise refused[0]
    return sent


def _mail(person: Any, items: list[DeskItem], today: date) -> None:
    off = settings.SITE_URL + reverse("core:reminders-off", args=[signing.dumps(person.pk, salt=OFF)])
    with translation.override("sv"):
        context = {
            "person": person,
            "late": [_line(person, item) for item in items if item.due_on and item.due_on < today],
            "soon": [_line(person, item) for item in items if item.due_on and item.due_on >= today],
            "off": off,
        }
        number = len(items)
        subject = ngettext("%(number)s thing waits for you", "%(number)s things wait for you", number)
        EmailMessage(
            subject=subject % {"number": number},
            body=render_to_string("core/mail/reminder.txt", context),
            to=[person.email],
            # Mail programs show a button of their own for this (RFC 8058).
            headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        ).send()


def _line(person: Any, item: DeskItem) -> dict[str, Any]:
    return {"item": item, "url": settings.SITE_URL + reverse("core:way", args=[way(person, item.url)])}


def way(person: Any, url: str) -> str:
    """Return a signed way for one person to an address of ours."""
    return signing.dumps([person.pk, url], salt=WAY)


def read_way(token: str) -> tuple[int, str] | None:
    """Return for whom a way is and where it leads; None when it is not ours or too old."""
    try:
        key, url = signing.loads(token, salt=WAY, max_age=WAY_LASTS)
    except signing.BadSignature:
        return None
    return key, url


def turn_off(token: str) -> bool:
    """Turn reminders off for whom the link is; say whether it was one of ours."""
    try:
        person = signing.loads(token, salt=OFF)
    except signing.BadSignature:
        return False
    Reminding.objects.update_or_create(person_id=person, defaults={"is_wanted": False})
    return True
