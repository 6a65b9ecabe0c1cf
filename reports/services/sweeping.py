"""Removing files that no row names: what a worker had written when it was killed, and what was found to be damaged.

Only parts and renditions: they can be made again.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db.models import FileField

from reports.models import PartFile, Rendition

FIELDS: tuple[FileField, ...] = (PartFile._meta.get_field("file"), Rendition._meta.get_field("file"))
GRACE = timedelta(days=1)  # a file is there before its row names it, by minutes at most
AT_ONCE = 500  # names that the database is asked for
MOST = 1000  # files looked at in a folder and a run, each a question to the storage; the next run goes on


def sweep(now: datetime, *, most: int = MOST) -> int:
    """Remove old files that no row names; return how many."""
    return sum(_sweep(field, now, most) for field in FIELDS)


def _sweep(field: FileField, now: datetime, most: int) -> int:
    gone = 0
    for _turn, name in zip(range(most), _unnamed(field), strict=False):
        with suppress(FileNotFoundError):  # somebody else's sweep
            if field.storage.get_modified_time(name) < now - GRACE:
                field.storage.delete(name)
                gone += 1
    return gone


def _unnamed(field: FileField) -> Iterator[str]:
    """Yield the files that no row names. They are listed before the rows are asked: what is new by then has its row."""
    names = _stored(field.storage, str(field.upload_to))
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        rows = field.model._default_manager.filter(**{f"{field.name}__in": some})
        named = set(rows.values_list(field.name, flat=True))
        yield from (name for name in some if name not in named)


def _stored(storage: Storage, folder: str) -> list[str]:
    """Return the names in a folder: what is kept there is bounded, and a name takes 150 bytes."""
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was kept yet
        return []
    return [f"{folder}{name}" for name in names]
