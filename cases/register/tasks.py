"""The workers' door to the register."""

from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.utils import timezone

from cases.register import services
from cases.register.models import Attachment
from committee.models import Person
from core.jobs import Run, job


@job("register.scan_attachment", retry_for=(Exception,))
def scan_attachment(run: Run, attachment_id: int) -> None:
    attachment = services.scan(Attachment.objects.get(pk=attachment_id))
    run.progress(1, 2)
    services.judge_attachment(attachment)
    run.progress(2, 2)


@shared_task(name="register.examine_again")
def examine_again() -> int:
    return services.examine_again(timezone.now())


@job("register.mail_touched", retry_for=(SMTPException, OSError))
def mail_touched(run: Run, owner_id: int, rows: list[dict[str, Any]], source: str) -> None:
    services.mail_touched(Person.objects.get(pk=owner_id), rows, source)
