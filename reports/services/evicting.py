"""Throwing away what can be made again: parts and files that nobody has used for long, or that take too much room."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Sum, Window

from reports.models import PartFile, PartName, Rendition
from reports.services.sweeping import sweep

KEEP_PARTS = timedelta(days=30)
KEEP_FILES = timedelta(days=90)
MOST_BYTES = 5 * 1024**3  # of parts, beside the pinned ones
MOST_BYTES_OF_FILES = 10 * 1024**3  # beside the pinned ones and the newest of each


def evict(
    now: datetime, *, most_bytes: int = MOST_BYTES, most_bytes_of_files: int = MOST_BYTES_OF_FILES
) -> int:
    """Throw away unpinned files and then parts; return how many rows. What is pinned is never touched.

    The newest file of each subject, kind and audience stays: it is the last good one. What no row names goes too.
    """
    PartName.objects.filter(made_at__lt=now - KEEP_FILES).delete()
    stale = (
        _old_files(now),
        _too_many_files(most_bytes_of_files),
        _failed_parts(now),
        _old_parts(now),
        _too_many(most_bytes),
    )
    gone = sum(_throw_away(rows) for rows in stale)
    sweep(now)
    return gone


def _followed_files():
    """Return unpinned files of which there is a newer one."""
    newer = Rendition.objects.filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        kind=OuterRef("kind"),
        audience=OuterRef("audience"),
        current_at__gt=OuterRef("current_at"),
    )
    return Rendition.objects.filter(Exists(newer), is_pinned=False)


def _old_files(now: datetime):
    return _followed_files().filter(current_at__lt=now - KEEP_FILES)


def _too_many_files(most_bytes: int):
    """Return the followed files that were current longest ago, beyond so many bytes of those current since."""
    room = Window(Sum("size"), order_by=[F("current_at").desc(), F("pk").desc()])
    return _followed_files().annotate(room=room).filter(room__gt=most_bytes)


def loose_parts():
    """Return made parts that stand in no pinned file."""
    pinned = Rendition.objects.filter(is_pinned=True, parts__part_file=OuterRef("pk"))
    return PartFile.objects.exclude(file="").filter(~Exists(pinned))


def _failed_parts(now: datetime):
    return PartFile.objects.filter(error__gt="", used_at__lt=now - KEEP_PARTS)


def _old_parts(now: datetime):
    return loose_parts().filter(used_at__lt=now - KEEP_PARTS)


def _too_many(most_bytes: int):
    """Return the parts used longest ago, beyond so many bytes of those used since."""
    room = Window(Sum("size"), order_by=[F("used_at").desc(), F("pk").asc()])
    return loose_parts().annotate(room=room).filter(room__gt=most_bytes)


def _throw_away(rows) -> int:
    gone = list(rows)
    for row in gone:
        name, storage = row.file.name, row.file.storage
        row.delete()
        if name:
            storage.delete(name)
    return len(gone)
