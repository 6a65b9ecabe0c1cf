"""Looking ahead: what was touched and then left alone is compared, and its new parts are made before anybody asks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from committee.models import Body, Municipality, Person
from core import jobs
from core.models import Change
from core.naming import key_of
from reports.models import Rendition, Watch
from reports.services import parts
from reports.services.renditions import Making

QUIET = timedelta(seconds=20)
# A change may become visible after later ones, when its transaction was long.
LONGEST_TRANSACTION = timedelta(minutes=5)
AT_ONCE = 20_000  # changes read in one go
# Nearly every row belongs to one of these: only a change of their own tells of them.
WIDE = {Municipality, Body, Person}


def look(now: datetime) -> int:
    """Read what was changed since the last look, and start a warm-up of every file of which something was
    changed and that then was quiet. Return how many were started.
    """
    fresh = _changes_since_last_look(now)
    if fresh:
        _touch(fresh, now)
    due = Rendition.objects.due(now - QUIET).order_by()
    found = list(due.values_list("subject_type", "subject_id", "kind", "audience").distinct())
    for subject_type, subject_id, kind, audience in found:
        _start(ContentType.objects.get_for_id(subject_type), subject_id, kind, audience)
    return len(found)


def touch(subject: models.Model) -> None:
    """Say that something of a row was changed that the history does not see, such as whom it is tied to."""
    Rendition.objects.about([key_of(subject)]).update(touched_at=timezone.now())


def warm(subject: models.Model, kind: str, audience: str) -> None:
    """Compare a subject's files with what it is now; of one that is new, have the parts made ahead."""
    making = Making(subject, kind, audience)
    making.compare()
    if making.known() is None:
        lacking = making.lacking()
        parts.claim(lacking)
        parts.start_all(parts.waiting(lacking), by=None, ahead=True)


def _start(subject_type: ContentType, pk: int, kind: str, audience: str) -> None:
    label = f"{subject_type.app_label}.{subject_type.model}"
    jobs.start(
        "reports.warm",
        by=None,
        title=f"{kind} {label} {pk}",
        key=f"warm:{kind}:{label}:{pk}:{audience}",
        is_shown=False,
        subject=label,
        pk=pk,
        kind=kind,
        audience=audience,
    )


def _touch(fresh: list[Change], now: datetime) -> None:
    """Note which files tell of these changes, but for files that held them already when they were made."""
    told = Rendition.objects.about(keys_of(fresh))
    holding = told.filter(seen__overlap=[change.pk for change in fresh])
    for rendition in holding.only("pk", "seen", "about"):
        others = keys_of(change for change in fresh if change.pk not in rendition.seen)
        if others.isdisjoint(rendition.about):
            told = told.exclude(pk=rendition.pk)
    told.update(touched_at=now)


@transaction.atomic
def _changes_since_last_look(now: datetime) -> list[Change]:
    watch, _new = Watch.objects.select_for_update().get_or_create(pk=1, defaults={"floor": _last_change()})
    fresh = list(
        Change.objects.filter(pk__gt=watch.floor).exclude(pk__in=watch.recent).order_by("pk")[:AT_ONCE]
    )
    if not fresh:
        return []
    settled = [change.pk for change in fresh if change.at < now - LONGEST_TRANSACTION]
    watch.floor = max([watch.floor, *settled])
    read = {*watch.recent, *(change.pk for change in fresh)}
    watch.recent = sorted(pk for pk in read if pk > watch.floor)
    watch.save()
    return fresh


def _last_change() -> int:
    return Change.objects.aggregate(last=models.Max("pk"))["last"] or 0


def keys_of(changes: Iterable[Change]) -> set[str]:
    """Return the keys of the changed rows and of the rows they belong to: of a section, its document too."""
    by_table = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    tables = {model._meta.db_table: model for model in apps.get_models()}
    found = (_keys(tables[table], some) for table, some in by_table.items() if table in tables)
    return set().union(*found)


def _keys(model: type[models.Model], changes: list[Change]) -> set[str]:
    owners = {
        field.attname: field.related_model
        for field in model._meta.fields
        if field.related_model and field.related_model not in WIDE
    }
    rows = {change.row for change in changes}
    keys = {f"{model._meta.label_lower}:{row}" for row in rows}
    values = [
        *model._base_manager.filter(pk__in=rows).values(*owners),
        *(_told(change) for change in changes),
    ]
    return keys | {
        f"{owner._meta.label_lower}:{value[column]}"
        for value in values
        for column, owner in owners.items()
        if value.get(column)
    }


def _told(change: Change) -> dict:
    """Return what the history knows of the row: all of one that is gone or new."""
    return {**(change.old or {}), **(change.new or {})}
