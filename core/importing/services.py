"""A file's way in: begin, say what columns and codes mean, look through, apply whole or not at all."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import formats, jobs
from core.importing import files, kolada, watching
from core.importing.cells import Sheet, Unacceptable
from core.importing.heads import head_row
from core.importing.mapping import CodeSum, Mapped, Mapper
from core.importing.memory import Codes, remember_codes, remember_columns
from core.importing.targets import Context, Plan, Target, imports
from core.models import ImportRun, ImportSource
from core.reading import canonical
from core.services import service

State = ImportRun.State
MOST_ERRORS = 500  # of a file with more, who mends the first comes back

Tell = Callable[[int, int], None]


class Refused(Exception):
    """The import cannot go on; the message says why."""


@service
def begin(
    target: Target, subject: models.Model, *, source: str, by, upload=None, address: str = ""
) -> ImportRun:
    """Take a file in, or the address at Kolada that it is fetched from. Raises Unacceptable and Refused."""
    _require_open(target, subject)
    known, _created = ImportSource.objects.get_or_create(
        place=target.place(subject), target=target.name, name=source
    )
    run = ImportRun(source=known, subject=subject, year=target.year(subject), by=by)
    if upload is None:
        run.address, run.filename, run.state = kolada.checked(address), kolada.HOST, State.FETCHING
        _start("importing.fetch", run, by)
        return run
    run.filename = upload.name[:200]
    _take(run, upload, upload.size)
    return run


def _require_open(target: Target, subject: Any) -> None:
    if closed := target.closed(subject):
        raise Refused(closed)


def _take(run: ImportRun, file: BinaryIO, size: int) -> None:
    """Keep a file with the run, which is then ready for its columns. Raises Unacceptable."""
    run.kind = files.kind_of(file, size)
    file.seek(0)
    content = file.read()
    run.sha256 = hashlib.sha256(content).hexdigest()
    run.sheets = files.sheet_names(BytesIO(content), run.kind, run.filename)
    if not run.sheets:
        raise Unacceptable(_("The file has no sheet that can be seen."))
    run.sheet, run.turns_signs = run.sheets[0], _turned_last(run.source)
    run.head_row = head_row(files.read(BytesIO(content), run.kind, run.sheet, most=60))
    run.state = State.COLUMNS
    run.file.save(f"import.{run.kind}", ContentFile(content), save=False)
    run.save()


def _turned_last(source: ImportSource) -> bool:
    last = source.runs.filter(state=State.DONE).order_by("-pk").first()
    return bool(last and last.turns_signs)


def top_of(run: ImportRun, sheet: str = "") -> Sheet:
    """Return the first rows of a run's sheet."""
    with run.file.open("rb") as file:
        return files.read(cast(BinaryIO, file), run.kind, sheet or run.sheet, most=60)


def fetch(run: ImportRun) -> None:
    """Fetch what the run's address leads to. Raises Unacceptable."""
    content = kolada.fetch(run.address)
    with transaction.atomic():
        if _still_waits(run):
            _take(run, BytesIO(content), len(content))


@service
def set_columns(
    run: ImportRun,
    *,
    sheet: str,
    head_row: int,
    chosen: Mapping[str, str],
    by,
    turns_signs: bool = False,
    control_key: str = "",
    control_total: Decimal | None = None,
) -> None:
    """Say which heading each column of ours has ({our key: heading}), and what the file should come to."""
    run = _lock(run, State.COLUMNS, State.CODES, State.READY)
    remember_columns(run.source, run.year, chosen)
    run.sheet, run.head_row, run.turns_signs = sheet, head_row, turns_signs
    run.control_key, run.control_total = control_key if control_total is not None else "", control_total
    _read_anew(run, by)


@service
def set_codes(run: ImportRun, *, chosen: Mapping[tuple[str, str], str], by) -> None:
    """Say what codes mean: {(list, code): key of our row, or an empty text to leave its rows out}."""
    run = _lock(run, State.CODES, State.READY)
    remember_codes(run.source, run.year, chosen)
    _read_anew(run, by)


@service
def go_back(run: ImportRun, *, by) -> None:
    """Return to the choice of columns from wherever it stands, as after a worker that died."""
    run = _lock(run, *(state for state in State if state not in (State.FETCHING, State.DONE)))
    run.state, run.problem = State.COLUMNS, ""
    run.save(update_fields=["state", "problem"])


def _lock(run: ImportRun, *states: str) -> ImportRun:
    """Return the run, locked. Raises Refused unless it is in one of the states."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state not in states:
        raise Refused(_("The import has gone on since. This is how it stands now."))
    return run


def _still_waits(run: ImportRun) -> bool:
    """Lock the run's row; False if somebody went on, went back or threw it away while a worker was at it."""
    same = ImportRun.objects.filter(pk=run.pk, turn=run.turn, state=run.state)
    return same.select_for_update().first() is not None


def _read_anew(run: ImportRun, by) -> None:
    run.state, run.problem, run.found = State.READING, "", {}
    _start("importing.read", run, by)


def _start(name: str, run: ImportRun, by) -> None:
    """Save the run and let a worker go on with it, whatever one of an earlier turn may still be at."""
    run.turn += 1
    run.save()
    target = imports[run.source.target]
    jobs.start(
        name,
        by=by,
        title=f"{target.label}: {run.filename}",
        url=run.get_absolute_url(),
        key=run.job_key,
        run_id=run.pk,
        turn=run.turn,
    )


def sheet_of(run: ImportRun) -> Sheet:
    """Return the whole sheet. Raises Unacceptable."""
    with run.file.open("rb") as file:
        return files.read(cast(BinaryIO, file), run.kind, run.sheet)


def read(run: ImportRun, sheet: Sheet, tell: Tell) -> tuple[Mapped, Plan]:
    """Translate the sheet and plan what it would change; nothing is planned while a code is unknown."""
    target = imports[run.source.target]
    chosen = dict(run.source.columns.filter(year=run.year).values_list("key", "heading"))
    codes = {name: Codes(run, name, code_list) for name, code_list in target.code_lists.items()}
    mapped = Mapper(target, sheet, run.head_row, chosen, run.turns_signs).run(codes, tell)
    if mapped.unknown:
        return mapped, Plan()
    return mapped, target.plan(mapped.rows, Context(run.subject, run.source.name))


@service
def keep(run: ImportRun, mapped: Mapped, plan: Plan, *, by) -> None:
    """Settle what a worker has read, unless it is not waited for any more."""
    if _still_waits(run):
        settle(run, mapped, plan)


def settle(run: ImportRun, mapped: Mapped, plan: Plan) -> None:
    """Keep what was found, so that it can be looked through."""
    run.found = found(run, mapped, plan)
    run.fingerprint = fingerprint(run)
    run.rows = len(mapped.rows)
    run.state = State.CODES if mapped.unknown else State.READY
    run.save()


def found(run: ImportRun, mapped: Mapped, plan: Plan) -> dict:
    """Return what a file holds, in canonical JSON."""
    errors = mapped.errors + plan.errors
    return {
        "unknown": [_code(one) for one in mapped.unknown.values()],
        "left_out": [_code(one) for one in mapped.left_out.values()],
        "changes": [asdict(change) for change in plan.changes],
        "errors": [asdict(error) for error in errors[:MOST_ERRORS]],
        "error_count": len(errors),
        "control": _control(run, mapped),
    }


def _code(one: CodeSum) -> dict:
    sums = {key: canonical(value) for key, value in one.sums.items()}
    return {"list": one.list, "code": one.code, "rows": one.rows, "sums": sums}


def _control(run: ImportRun, mapped: Mapped) -> dict:
    """Compare what was typed with what the file comes to, at as many decimals as were typed."""
    if run.control_total is None or mapped.unknown:
        return {}
    typed = run.control_total.normalize()
    places = max(0, -int(typed.as_tuple().exponent))
    comes_to = mapped.totals.get(run.control_key, Decimal(0))
    difference = comes_to.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP") - typed
    return {
        "column": str(imports[run.source.target].column(run.control_key).label),
        "typed": formats.number(typed, places),
        "found": formats.number(comes_to, places),
        "difference": formats.number(difference, places, signed=True),
        "differs": bool(difference),
    }


def fingerprint(run: ImportRun) -> str:
    seen = [run.found["changes"], run.found["left_out"], run.found["error_count"]]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


@service
def confirm(run: ImportRun, *, by) -> None:
    """Let the import be applied as it was looked through. Raises Refused."""
    run = _lock(run, State.READY)
    if not run.may_be_applied:
        raise Refused(_("Nothing can be saved yet: see what is wrong."))
    _require_open(imports[run.source.target], run.subject)
    run.state = State.APPLYING
    _start("importing.apply", run, by)


@service
def apply(run: ImportRun, sheet: Sheet, *, by, reason: str) -> bool:
    """Save everything, if it is still what was looked through; else nothing, and the run says why.

    Done again for an import that was applied, it changes nothing. Return whether anything was saved now.
    """
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run.pk)
    if run.state != State.APPLYING:
        return False
    target, context = imports[run.source.target], Context(_hold(run), run.source.name, by)
    seen, previewed = watching.look(run.subject), run.fingerprint
    mapped, plan = read(run, sheet, lambda done, total: None)
    settle(run, mapped, plan)
    if problem := target.closed(context.subject) or _otherwise(run, previewed):
        run.problem = problem
        run.save(update_fields=["problem"])
        return False
    target.apply(plan, context)
    run.texts = watching.compare(run.subject, seen)
    run.state, run.applied_by, run.applied_at = State.DONE, by, timezone.now()
    run.save()
    watching.tell(run.texts, run)
    return True


def _hold(run: ImportRun) -> models.Model:
    """Return the subject, its row held: it is not closed, and nobody else imports to it, meanwhile."""
    subjects = imports[run.source.target].model._default_manager
    return subjects.select_for_update(of=("self",)).get(pk=run.subject_id)


def _otherwise(run: ImportRun, previewed: str) -> str:
    if run.may_be_applied and run.fingerprint == previewed:
        return ""
    return _("Something has changed since you looked it through, and nothing was saved. Look once more.")


@service
def drop(run: ImportRun, *, by) -> None:
    """Throw away an import that was not applied, and its file."""
    run = _lock(run, *(state for state in State if state != State.DONE))
    if run.file:
        run.file.delete(save=False)
    run.delete()


def fail(run: ImportRun, problem: str) -> None:
    """Put a run whose file cannot be read back to its columns, one that could not be fetched nowhere; say why."""
    back = State.COLUMNS if run.file else State.FETCHING
    ImportRun.objects.filter(pk=run.pk, turn=run.turn).update(state=back, problem=problem)
