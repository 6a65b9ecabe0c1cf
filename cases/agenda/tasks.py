"""The workers' door to the agenda."""

from smtplib import SMTPException

from cases.agenda import services
from cases.agenda.models import Summons
from core.jobs import Run, job


@job("agenda.mail_summons", retry_for=(SMTPException, OSError))
def mail_summons(run: Run, summons_id: int) -> None:
    summons = Summons.objects.select_related("meeting__body").get(pk=summons_id)
    services.mail_summons(summons, progress=run.progress)
