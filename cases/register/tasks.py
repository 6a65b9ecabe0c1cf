"""The workers' door to the register."""

from cases.register import services
from cases.register.models import Attachment
from core.jobs import Run, job


@job("register.scan_attachment")
def scan_attachment(run: Run, attachment_id: int) -> None:
    attachment = services.scan(Attachment.objects.get(pk=attachment_id))
    run.progress(1, 2)
    services.judge_attachment(attachment)
    run.progress(2, 2)
