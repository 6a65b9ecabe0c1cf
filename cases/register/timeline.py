"""What has happened in a case, in words: steps taken and changes made, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.register.models import (
    Attachment,
    Case,
    Clause,
    DecisionBasis,
    Document,
    Proposal,
    Recipient,
    Section,
    Signer,
)
from committee.models import Meeting, Person
from core import together
from core.models import Change, StepTaken

MODELS = {model._meta.db_table: model for model in (Case, Document, Section, Attachment)}
# What stands around a document is written anew as a whole, so its rows are found by what they belong to.
AROUND = {
    DecisionBasis._meta.db_table: gettext_lazy("Changed what “%s” rests on"),
    Signer._meta.db_table: gettext_lazy("Changed who answers for “%s”"),
    Recipient._meta.db_table: gettext_lazy("Changed who gets the decision in “%s”"),
    Clause._meta.db_table: gettext_lazy("Worded the proposal in “%s”"),
}
# A document's sections come with it: that they were added tells nothing, and there are many.
CAME_ALONG = Q(table=Section._meta.db_table, action=Change.Action.INSERT)
SILENT = frozenset({"status"})  # its steps are told
LONGEST = 160
AT_ONCE = timedelta(seconds=2)  # rows that were written together
LATEST, ALL = 20, 5000  # events that are told at first, and when somebody asks for all
# Rows that a field leads to and that are called by their names; keys of others say nothing to a reader.
NAMED: Mapping[type[Model], tuple[str, ...]] = {Person: (), Meeting: ("body",)}

Names = Mapping[tuple[type[Model], int], str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that changed: what it is called, what stood there and what stands there."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    by: str
    text: str
    kind: str = "note"
    changed: tuple[Changed, ...] = ()
    reason: str = ""


def events_of(
    case: Case, documents: list[Document], attachments: Iterable[Attachment] = (), limit: int = LATEST
) -> list[Event]:
    """Return the latest events of a case, and of those of its documents and files that the reader may see."""
    keys = [document.pk for document in documents]
    sections = dict(Section.objects.filter(document__in=keys).values_list("pk", "heading"))
    titles = {document.pk: document.title for document in documents}
    files = {file.pk: file.title for file in attachments}
    rows = [(Case, [case.pk]), (Document, keys), (Section, list(sections)), (Attachment, list(files))]
    changes = list(Change.objects.about(*rows).exclude(CAME_ALONG).for_timeline()[:limit])
    names = _names(changes)
    steps = StepTaken.objects.about((Case, [case.pk]), (Document, keys)).for_timeline()[:limit]
    told = [event for change in changes if (event := _change(change, titles, sections, files, names))]
    told += [_step(step, titles) for step in steps]
    told += _around(case, titles, _latest(told, limit), limit)
    return _latest(told, limit)


def _latest(told: list[Event], limit: int) -> list[Event]:
    return sorted(told, key=lambda event: event.at, reverse=True)[:limit]


def _around(case: Case, titles: dict[int, str], known: list[Event], limit: int) -> Iterator[Event]:
    """Tell what changed around the documents, and which drafts were thrown away.

    What stands around a new edition came with it. When there are enough events already, what is older than all of
    them is not looked for.
    """
    proposals = dict(Proposal.objects.filter(document__in=titles).values_list("pk", "document_id"))
    clauses = Clause._meta.db_table
    around = Q(table__in=AROUND.keys() - {clauses})
    around &= Q(old__document_id__in=[*titles]) | Q(new__document_id__in=[*titles])
    worded = Q(old__proposal_id__in=[*proposals]) | Q(new__proposal_id__in=[*proposals])
    thrown = Q(table=Document._meta.db_table, action=Change.Action.DELETE, old__case_id=case.pk)
    copied = Q(table=Document._meta.db_table, action=Change.Action.INSERT, row__in=[*titles])
    copied &= ~Q(new__continues_id=None)
    found = Change.objects.filter(around | Q(table=clauses) & worded | thrown | copied).for_timeline()
    if len(known) == limit:
        found = found.filter(at__gte=known[-1].at - AT_ONCE)
    changes = list(found[: limit * 10])
    copies = {change.row: change.at for change in changes if _is_copy(change)}

    def belongs(change: Change) -> tuple[str, int, int]:
        row = change.new or change.old or {}
        return change.table, row.get("document_id") or proposals.get(row.get("proposal_id"), 0), change.by_id

    rows_around = sorted((change for change in changes if not _is_copy(change)), key=belongs)
    for (table, document, _by), rows in groupby(rows_around, key=belongs):
        for written in _together(sorted(rows, key=lambda change: change.at)):
            if table not in AROUND:
                yield _thrown_away(written[0])
            elif _came_along(written, copies.get(document)):
                continue
            elif _says(written, "old") != _says(written, "new"):
                yield _worded(written[-1], table, titles[document])


def _is_copy(change: Change) -> bool:
    """Say whether a document began as a copy of the edition before it."""
    return change.table == Document._meta.db_table and change.action == Change.Action.INSERT


def _came_along(written: list[Change], copied_at: datetime | None) -> bool:
    return copied_at is not None and written[0].at - copied_at <= AT_ONCE


def _together(changes: list[Change]) -> Iterator[list[Change]]:
    """Yield the changes that were made in one go."""
    written = changes[:1]
    for change in changes[1:]:
        if change.at - written[-1].at > AT_ONCE:
            yield written
            written = []
        written.append(change)
    yield written


def _says(written: list[Change], side: str) -> list[str]:
    """Return what the rows say, before or after, without what is new each time they are written."""
    rows = [row for change in written if (row := getattr(change, side))]
    said = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    return sorted(str(sorted(row.items())) for row in said)


def _worded(change: Change, table: str, title: str) -> Event:
    return Event(change.at, _who(change), AROUND[table] % title, kind="document")


def _thrown_away(change: Change) -> Event:
    old = change.old or {}
    # Who may read the case may not always read what was secret in it.
    text = (
        _("Threw away a draft")
        if old.get("is_secret")
        else _("Threw away the draft “%s”") % old.get("title", "")
    )
    return Event(change.at, _who(change), text, kind="document")


def _who(change: Change) -> str:
    return str(change.by) if change.by else _("the system")


def _step(taken: StepTaken, titles: dict[int, str]) -> Event:
    model = ContentType.objects.get_for_id(taken.subject_type_id).model_class()
    step = model.WORKFLOW[taken.step]
    what = titles.get(taken.subject_id, "") if model is Document else ""
    told = step.told or step.label
    text = f"{told}: {what}" if what else str(told)
    return Event(taken.at, str(taken.by or ""), text, kind="step", reason=taken.reason)


def _names(changes: Iterable[Change]) -> Names:
    """Return what people and meetings are called that fields of the changes lead to. At most one query."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for change in changes:
        for field in _columns(change):
            if field.related_model in NAMED and change.action == Change.Action.UPDATE:
                keys = {(side or {}).get(field.column) for side in (change.old, change.new)}
                wanted[field.related_model] |= keys - {None}
    asked = [
        model._base_manager.filter(pk__in=keys).select_related(*NAMED[model]).order_by("pk")
        for model, keys in wanted.items()
    ]
    return {(type(row), row.pk): str(row) for rows in together.read(*asked) for row in rows}


def _columns(change: Change) -> list[Field]:
    """Return the fields that a change touched and that say something to a reader.

    What nobody has given a name in the readers' language is bookkeeping, such as the pages of a file.
    """
    named = {
        field.column: field
        for field in MODELS[change.table]._meta.concrete_fields
        if isinstance(field.verbose_name, Promise)
    }
    return [named[name] for name in change.fields if name in named and name not in SILENT]


def _change(
    change: Change,
    titles: dict[int, str],
    sections: dict[int, str],
    files: dict[int, str],
    names: Names,
) -> Event | None:
    if change.action == Change.Action.INSERT:
        return _added(change, titles, files)
    changed = _columns(change)
    if not changed:
        return None
    if change.table == Section._meta.db_table:
        told = _("Changed the text “%s”") % sections.get(change.row, "")
        return Event(change.at, _who(change), told, kind="document")
    return Event(
        change.at,
        _who(change),
        _("Changed %s") % ", ".join(str(field.verbose_name) for field in changed),
        changed=tuple(
            _field(field, change, names)
            for field in changed
            if not field.is_relation or field.related_model in NAMED
        ),
        reason=change.reason,
    )


def _field(field: Field, change: Change, names: Names) -> Changed:
    old, new = ((side or {}).get(field.column) for side in (change.old, change.new))
    if field.is_relation:
        old, new = (names.get((field.related_model, key), "") for key in (old, new))
    return Changed(str(field.verbose_name), _shown(field, old), _shown(field, new))


def _added(change: Change, titles: dict[int, str], files: dict[int, str]) -> Event | None:
    """Tell of a new case, document or file."""
    if change.table == Case._meta.db_table:
        return Event(change.at, _who(change), _("Opened the case"), kind="step")
    if change.table == Document._meta.db_table:
        edition, title = (change.new or {}).get("edition", 1), titles.get(change.row, "")
        told = _("Began “%s”") % title
        if edition > 1:
            told = _("Began edition %(edition)s of “%(title)s”") % {"edition": edition, "title": title}
        return Event(change.at, _who(change), told, kind="document")
    if change.table == Attachment._meta.db_table:
        told = _("Attached “%s”") % files.get(change.row, "")
        return Event(change.at, _who(change), told, kind="document")
    return None


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    words = str(dict(field.flatchoices).get(value, value))[:LONGEST]
    return "–" if value in (None, "") else words
