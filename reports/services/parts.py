"""Parts: each is rendered once for its HTML, by whichever worker comes first, and kept by its hash."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.forms import model_to_dict
from django.utils import timezone

from core import jobs
from core.models import Job
from reports.annexes.pieces import Annex, AnnexPiece, pieces_of
from reports.composing import annexes
from reports.models import PartFile, Waiting
from reports.pdf import apart, guarded
from reports.pdf.errors import AnnexChanged, RenderError
from reports.services import failing, keeping
from reports.services.failing import PartFailed
from reports.services.wanted import Wanted

OUTERMOST = 2  # of an annex in the outline: below its item
FEW = 2  # parts that one makes faster than one tells others of them: a document and its item's sheet
NOTED = timedelta(hours=1)  # for which a use need not be noted again: eviction counts in days
AT_FIRST = 3  # parts that are begun before the HTML of the others is made
ALIKE = 2000  # characters by which parts may differ that take about as long
SHORT = 2 * ALIKE  # characters of a part, such as an item's sheet, that is made while one looks
LAST = 5  # parts, and of many parts one in SHARE, that others are at while the job begins to bind: they take as long
SHARE = 5
CLAIMED = ["title", "html", "recipe"]
LACKING = Waiting.objects.filter(job=OuterRef("pk"), part_file__file="", part_file__error="")
# Of a job: for how many parts it still waits.
LEFT = Coalesce(Subquery(LACKING.order_by().values("job").annotate(left=Count("*")).values("left")), 0)

log = logging.getLogger(__name__)


def made(wanted: Iterable[Wanted]) -> dict[str, PartFile]:
    """Return those that are made already, by hash, and note that they are used."""
    found = PartFile.objects.exclude(file="").in_bulk({one.hash for one in wanted})
    now = timezone.now()
    noted = [key for key, row in found.items() if now - row.used_at < NOTED]
    PartFile.objects.filter(pk__in=found.keys() - noted).update(used_at=now)
    return found


def make_now(one: Wanted) -> PartFile:
    """Render one part here and now. Raises RenderError."""
    row = one.row()
    PartFile.objects.bulk_create([row], ignore_conflicts=True)
    return keep(row, content_of(row))


def make_few(wanted: Sequence[Wanted]) -> bool:
    """Render a few parts here and now, rather than wait for others; False when somebody else has one of them.

    Raises PartFailed.
    """
    if len(wanted) > FEW or not all(_is_mine(one) for one in wanted):
        return False
    for one in wanted:
        row = render_part(one.hash)
        if row and row.error:
            raise PartFailed(row)
    return True


def _is_mine(one: Wanted) -> bool:
    """Claim one part; say whether nobody had claimed it before."""
    row = one.row()
    _row, is_new = PartFile.objects.get_or_create(pk=row.hash, defaults=model_to_dict(row, CLAIMED))
    return is_new


def content_of(row: PartFile) -> bytes:
    """Make a part. Raises RenderError; a file of somebody else's is opened in a process that may die of it."""
    if not row.recipe:
        return guarded.render(row.html)
    piece = piece_of(row.recipe)
    if piece.html:
        return guarded.render(apart.run(partial(_html_of, piece.html)).decode())
    if piece.pdf:
        return apart.run(piece.pdf)
    raise RenderError("The piece is a page of ours, and is rendered as one.")


def _html_of(draw: Callable[[], str]) -> bytes:
    return draw().encode()


def piece_of(recipe: Mapping[str, Any]) -> AnnexPiece:
    """Return the piece that a recipe names. Raises AnnexChanged when the annex has become something else."""
    level = recipe["level"] or OUTERMOST
    for piece in pieces_of(annex_of(recipe["annex"]), level=level):
        if piece.suffix == recipe["suffix"]:
            return piece
    raise AnnexChanged


def annex_of(name: str) -> Annex:
    """Return the annex that `register.attachment:5` names."""
    label, _colon, key = name.rpartition(":")
    return annexes[label](int(key))


def claim(wanted: Sequence[Wanted]) -> None:
    """Insert a row for each part that has none; of several who want it one succeeds."""
    rows = {row.hash: row for row in (one.row() for one in wanted)}
    # In one order for all, so that two who want the same do not wait for each other. ON CONFLICT DO NOTHING.
    PartFile.objects.bulk_create([rows[key] for key in sorted(rows)], ignore_conflicts=True)


def begin_many(wanted: Sequence[Wanted], *, by) -> None:
    """Let the workers begin, unless it is quicker to make these here."""
    if len(wanted) > FEW:
        begin(wanted, by=by)


def begin(wanted: Sequence[Wanted], *, by) -> None:
    """Let the workers begin with some while the HTML of further parts is still being made.

    Of those the longest come first: who ends with short ones lets nobody wait. Of like length the first come first,
    and so do the short: who binds begins at the beginning, while the last of them are made.
    """
    _go_on_with([one for one in wanted if not one.is_new], by=by)
    left = [one for one in wanted if not one.is_begun]
    _begin_these(left[:AT_FIRST], by=by)
    # Only now is the HTML of the others made, which tells how long they are.
    _begin_these(sorted(left[AT_FIRST:], key=_shortness), by=by)


def _go_on_with(wanted: Sequence[Wanted], *, by) -> None:
    """Call the workers for parts that somebody has claimed already: their HTML need not be made again."""
    if not wanted:
        return
    rows = [row for row in waiting(wanted) if row.has_html or row.recipe]
    start_all(rows, by=by)
    claimed = {row.pk for row in rows}
    for one in wanted:
        one.is_begun = one.is_begun or one.hash in claimed


def last_of(total: int) -> int:
    """Return how many parts may lack, of a file that takes so many steps, when its job goes on."""
    return max(LAST, total // SHARE)


def _shortness(one: Wanted) -> int:
    return 0 if len(one.html) < SHORT else -(len(one.html) // ALIKE)


def _begin_these(some: Sequence[Wanted], *, by) -> None:
    claim(some)
    start_all(waiting(some), by=by)
    for one in some:
        one.is_begun = True


def waiting(wanted: Iterable[Wanted]) -> list[PartFile]:
    """Return the rows of parts that nobody has made yet, in the same order."""
    places = {one.hash: place for place, one in enumerate(wanted)}
    rows = PartFile.objects.waiting().without_html().filter(pk__in=places)
    return sorted(rows, key=lambda row: places[row.pk])


def key_of(hash: str) -> str:
    """Return the key of the job that makes a part."""
    return f"part:{hash}"


def start_all(rows: Iterable[PartFile], *, by, ahead: bool = False) -> None:
    """Have parts made by any worker; while that is under way, asking again changes nothing."""
    tasks = [jobs.Task(key_of(row.hash), row.title, {"hash": row.hash}) for row in rows]
    jobs.start_all("reports.render_ahead" if ahead else "reports.render_part", tasks, by=by)


def render_part(key: str) -> PartFile | None:
    """Render a claimed part, keep it, and let those go on who waited for it. Return its row, if it is still wanted."""
    row = PartFile.objects.filter(pk=key).first()
    if row is None:
        return None
    if row.is_made:  # whoever made it may have died before anybody was told
        _tell_all(row)
        return row
    try:
        return keep(row, content_of(row))
    except (RenderError, OSError) as error:
        log.warning("part %s could not be made: %s", row, error)
        return _finish(row, error=failing.of_part(row.title, error))


def give_up(hash: str) -> None:
    """Tell those who wait for a part that nobody will make it: what went wrong was not foreseen."""
    row = PartFile.objects.filter(pk=hash).first()
    if row and not row.is_made:
        _finish(row, error=failing.unforeseen(row.title))


def keep(row: PartFile, pdf: bytes) -> PartFile:
    """Store a rendered part; of two who rendered the same, the first one's stays."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    pages, faults = guarded.inspect_part(pdf)
    stored = PartFile(hash=row.pk)
    stored.file.save(keeping.new_name(row.pk), ContentFile(pdf), save=False)
    row = _finish(
        row,
        file=stored.file.name,
        sha256=sha256,
        size=len(pdf),
        pages=pages,
        faults=[asdict(fault) for fault in faults],
        html="",
        error="",
        made_at=timezone.now(),
    )
    if row.file.name != stored.file.name:
        stored.file.delete(save=False)
    return row


def _finish(row: PartFile, **fields) -> PartFile:
    """Write down how a part ended, and wake whoever waits for it and hardly any other."""
    if PartFile.objects.filter(pk=row.pk, file="").update(**fields):
        for name, value in fields.items():
            setattr(row, name, value)
    else:
        row.refresh_from_db()
    _tell_all(row)
    return row


def _tell_all(row: PartFile) -> None:
    """Tell those who wait for a part that it is made, or has failed."""
    # Counted after it is written, so that of two who finish at once the later one sees that it is the last.
    for job in Job.objects.filter(pk__in=row.waiting.values("job")).annotate(left=LEFT).order_by("pk"):
        _tell_or_wake(job, row)


def _tell_or_wake(job: Any, row: PartFile) -> None:
    if not row.error:
        jobs.tell(job, job.total - 1 - job.left, row.title)
    last = last_of(job.total)
    if row.error or job.left in (last, last - 1, 0):  # of which two who finish at once may pass one over
        jobs.wake(job)  # it parks again, should it be ready before the last part is


def lose(rows: Iterable[PartFile]) -> None:
    """Forget the files of parts that are no longer whole; they are made again when they are wanted."""
    PartFile.objects.filter(pk__in=[row.pk for row in rows]).update(file="", sha256="", size=0)
