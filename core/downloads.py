"""Tables handed out as files: at once where small, by a job where large."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from core import jobs, sheets
from core.models import TableFile
from core.tables import Options, Table, TableMaker

MOST_AT_ONCE = 2_000  # rows; more takes longer than anybody should wait for a page
KEPT = timedelta(days=1)


def is_large(table: Table) -> bool:
    return len(table.rows) > MOST_AT_ONCE


def request(maker: TableMaker, subject, format: str, options: Options, *, by):
    """Let a worker write the file; the tray tells when it is there."""
    return jobs.start(
        "core.write_table",
        by=by,
        title=f"{maker.label}: {subject}",
        key=f"table:{maker.name}:{subject.pk}:{format}:{sorted(options.items())}:{by.pk}",
        table=maker.name,
        pk=subject.pk,
        format=format,
        options=dict(options),
    )


def write(maker: TableMaker, subject, format: str, options: Options, *, by) -> TableFile:
    content = sheets.written(maker, maker.make(subject, options), format)
    kept = TableFile(by=by, format=format, filename=sheets.filename(maker, subject, format))
    kept.file.save(kept.filename, ContentFile(content), save=False)
    kept.save()
    return kept


def forget(now: datetime) -> int:
    """Throw away the files that were made for somebody a day ago; return how many."""
    old = list(TableFile.objects.filter(made_at__lt=now - KEPT))
    for kept in old:
        kept.file.delete(save=False)
        kept.delete()
    return len(old)
