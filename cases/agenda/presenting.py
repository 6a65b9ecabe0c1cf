"""What the pages of the agenda show, folded from what the models hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.agenda.models import AgendaItem
from cases.register.models import Document
from committee.models import Meeting, MeetingDeadline, Membership, Role
from core.models import Finding
from core.preflight import Verdict
from reports.audiences import Audience
from reports.models import Rendition


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the secretary sees it: its number, what goes with it, and how it stands."""

    item: AgendaItem
    number: int
    status: str  # ok, risk, bad, wait
    label: str

    @property
    def unapproved(self) -> list[Document]:
        """Return the documents of the item that nobody has approved: members do not get them."""
        documents = [self.item.document, *(paper.document for paper in self.item.papers.all())]
        return [document for document in documents if document and not document.is_approved]

    @property
    def papers(self) -> list[str]:
        """Name what goes with the item: its documents in the order of the file, and how many files."""
        names = [_("The chair's proposal")] if self.item.proposal else []
        names += [self.item.document.template.name] if self.item.document else []
        papers = list(self.item.papers.all())
        names += [paper.document.template.name for paper in papers if paper.document]
        files = sum(1 for paper in papers if not paper.document)
        return names + ([ngettext("%s file", "%s files", files) % files] if files else [])


@dataclass(frozen=True, slots=True)
class StopDate:
    """A stop date as it stands: done, late or ahead, and how many documents are not approved yet."""

    label: str
    due_on: date
    is_done: bool
    is_late: bool
    missing: int = 0


def stop_dates(
    meeting: Meeting, deadlines: Iterable[MeetingDeadline], rows: list[Row], today: date
) -> list[StopDate]:
    return [_stop_date(deadline, meeting, rows, today) for deadline in deadlines]


def _stop_date(deadline: MeetingDeadline, meeting: Meeting, rows: list[Row], today: date) -> StopDate:
    """Papers are finished when they are: what somebody noted does not make a draft ready."""
    is_done, missing = deadline.done_on is not None, 0
    if deadline.kind == MeetingDeadline.Kind.MANUSCRIPT and meeting.is_planned:
        missing = len({document.pk for row in rows for document in row.unapproved})
        is_done = not missing and (is_done or any(row.item.document for row in rows))
    is_late = not is_done and meeting.is_planned and deadline.due_on < today
    return StopDate(deadline.get_kind_display(), deadline.due_on, is_done, is_late, missing)


def agenda_rows(items: list[AgendaItem], worst: dict[int, tuple[int, int]]) -> list[Row]:
    return [
        _row(item, item.number or place, worst.get(item.pk, (0, 0))) for place, item in enumerate(items, 1)
    ]


def _row(item: AgendaItem, number: int, found: tuple[int, int]) -> Row:
    stops, warnings = found
    if item.is_withdrawn:
        return Row(item, number, "wait", _("withdrawn"))
    if stops:
        return Row(item, number, "bad", ngettext("%d to mend", "%d to mend", stops) % stops)
    if warnings:
        return Row(item, number, "risk", ngettext("%d warning", "%d warnings", warnings) % warnings)
    if item.papers_later:
        return Row(item, number, "wait", _("papers later"))
    if item.document and not item.document.is_approved:
        return Row(item, number, "wait", item.document.get_status_display())
    return Row(item, number, "ok", _("ready"))


def number_findings(rows: list[Row], verdict: Verdict) -> None:
    """Say of each finding which item it stands in, for the reader who looks for it."""
    numbers = {about: row.number for row in rows for about in abouts(row.item)}
    for finding in [*verdict.open, *verdict.waived]:
        finding.item_number = numbers.get(finding.about)


def abouts(item: AgendaItem) -> set[str]:
    """Return what findings call the item and all that goes with it."""
    return {
        f"agenda.agendaitem:{item.pk}",
        f"register.document:{item.document_id}",
        *(f"register.document:{paper.document_id}" for paper in item.papers.all()),
        *(f"register.attachment:{paper.attachment_id}" for paper in item.papers.all()),
    }


def worst_by_item(items: list[AgendaItem], verdict: Verdict) -> dict[int, tuple[int, int]]:
    """Count what stands open of each item: (to mend, warnings), from the latest review."""
    counts: dict[int, tuple[int, int]] = {}
    for item in items:
        found = [finding for finding in verdict.open if finding.about in abouts(item)]
        stops = sum(finding.severity == Finding.Severity.STOP for finding in found)
        counts[item.pk] = (stops, len(found) - stops)
    return counts


def called_by_role(memberships: Iterable[Membership]) -> list[tuple[str, list[str]]]:
    """Return who is called, by role in the order of rank; who has two is named once, under the higher."""
    rank = {key: place for place, key in enumerate(Role.Key.values)}
    people: dict[int, Membership] = {}
    for one in sorted(memberships, key=lambda one: rank[one.role.key]):
        people.setdefault(one.person_id, one)
    by_role = groupby(people.values(), key=lambda one: str(one.role))
    return [(role, [str(one.person) for one in held]) for role, held in by_role]


def newest_file(meeting: Meeting, kind: str) -> Rendition | None:
    """Return the latest file of the summons or of all the papers, as members get it."""
    return Rendition.objects.of(meeting, kind, Audience.MEMBERS).newest()


def way_of(meeting: Meeting) -> list[dict[str, str]]:
    """Return the meeting's way from plan to posting, for the line above the agenda, in the words of its status."""
    status = Meeting.Status(meeting.status)
    if status in Meeting.CALLED_OFF:
        return _way([Meeting.Status.PLANNED.label, status.label], 1)
    ways = [Meeting.Status.PLANNED, Meeting.Status.CALLED, Meeting.Status.HELD]
    return _way([*(one.label for one in ways), _("Adjusted"), _("Posted")], ways.index(status))


def _way(labels: list[str], now: int) -> list[dict[str, str]]:
    states = ["done" if place < now else "now" if place == now else "todo" for place in range(len(labels))]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]
