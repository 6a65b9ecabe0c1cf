"""What has happened in a case, in words: steps taken and changes made, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field
from django.utils.translation import gettext as _

from cases.register.models import Attachment, Case, Document, Section
from core.models import Change, StepTaken

MODELS = {model._meta.db_table: model for model in (Case, Document, Section, Attachment)}
# Bookkeeping: that it changed says nothing to a reader.
SILENT = frozenset(
    "version changed_at changed_by_id released_at number_key status scan id "
    "verdict verdict_reason judged_at".split()
)
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    by: str
    text: str
    kind: str = "note"
    old: str = ""
    new: str = ""
    reason: str = ""


def events_of(case: Case, documents: list[Document], limit: int = 60) -> list[Event]:
    """Return the latest events of a case and of those of its documents that the reader may see."""
    keys = [document.pk for document in documents]
    sections = dict(Section.objects.filter(document__in=keys).values_list("pk", "heading"))
    titles = {document.pk: document.title for document in documents}
    rows = [(Case, [case.pk]), (Document, keys), (Section, list(sections))]
    changes = Change.objects.about(*rows).for_timeline()[:limit]
    steps = StepTaken.objects.about((Case, [case.pk]), (Document, keys)).for_timeline()[:limit]
    told = [event for change in changes if (event := _change(change, titles, sections))]
    told += [_step(step, titles) for step in steps]
    return sorted(told, key=lambda event: event.at, reverse=True)[:limit]


def _step(taken: StepTaken, titles: dict[int, str]) -> Event:
    model = ContentType.objects.get_for_id(taken.subject_type_id).model_class()
    step = model.WORKFLOW[taken.step]
    what = titles.get(taken.subject_id, "") if model is Document else ""
    told = step.told or step.label
    text = f"{told}: {what}" if what else str(told)
    return Event(taken.at, str(taken.by or ""), text, kind="step", reason=taken.reason)


def _change(change: Change, titles: dict[int, str], sections: dict[int, str]) -> Event | None:
    fields = [name for name in change.fields if name not in SILENT]
    who = str(change.by) if change.by else _("the system")
    if change.action == Change.Action.INSERT:
        return _added(change, who, titles)
    if not fields:
        return None
    if change.table == Section._meta.db_table:
        return Event(
            change.at, who, _("Changed the text “%s”") % sections.get(change.row, ""), kind="document"
        )
    old, new = change.old or {}, change.new or {}
    columns = {field.column: field for field in MODELS[change.table]._meta.concrete_fields}
    changed = [columns[name] for name in fields if name in columns]
    # A key of another row says nothing to a reader.
    shown = [field for field in changed if not field.is_relation]
    return Event(
        change.at,
        who,
        _("Changed %s") % ", ".join(str(field.verbose_name) for field in changed),
        old=", ".join(_shown(field, old.get(field.column)) for field in shown),
        new=", ".join(_shown(field, new.get(field.column)) for field in shown),
        reason=change.reason,
    )


def _added(change: Change, who: str, titles: dict[int, str]) -> Event | None:
    """Tell of a new case or document; its sections came with it."""
    if change.table == Case._meta.db_table:
        return Event(change.at, who, _("Opened the case"), kind="step")
    if change.table == Document._meta.db_table:
        return Event(change.at, who, _("Began “%s”") % titles.get(change.row, ""), kind="document")
    return None


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    words = str(dict(field.flatchoices).get(value, value))[:LONGEST]
    return "–" if value in (None, "") else words
