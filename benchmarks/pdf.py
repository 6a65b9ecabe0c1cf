"""Our engine beside one plain WeasyPrint run of the same content: `bin/bench pdf`."""

import json
import subprocess
import sys
import time
from argparse import Namespace
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from django.conf import settings
from django.utils import timezone

from benchmarks import content, databases, workers
from benchmarks.memory import Memory
from benchmarks.table import circumstances, result, table
from cases.agenda.models import AgendaItem
from cases.register import services as register
from cases.register.models import Document
from committee.models import Meeting
from config.demo import scale
from core.models import Job
from reports.audiences import Audience
from reports.composing import composers
from reports.models import PartFile, PartName, Rendition
from reports.services import request_rendition

SIZES = (20, 66)
WORKERS = 2
AUDIENCE = Audience.STAFF  # who prepares: the only one whose papers hold the report that is still a draft
LONGEST = 600  # seconds
GLANCE = 0.3  # seconds: to look on costs time as well, and when it was done the job says itself
MARK = "<h3>Resultat"
# What is done to the file, in the order in which it is measured; `plain` is what each is compared with.
PLAIN, COLD, ONE, WARM, AGAIN = "plain", "cold", "one changed", "all warm", "asked again"
TOLD = {
    PLAIN: "one WeasyPrint run",
    COLD: f"cold, {WORKERS} workers",
    ONE: "one document changed",
    WARM: "all parts warm, assembled anew",
    AGAIN: "asked again, nothing changed",
}


@dataclass
class Size:
    """What was measured at one size."""

    documents: int
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    plain_memory: list[int] = field(default_factory=list)  # KiB
    memory: Memory = field(default_factory=Memory)
    bytes: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def faster(self, what: str) -> float:
        """Return how many times faster than the plain run."""
        return median(self.seconds[PLAIN]) / median(self.seconds[what])

    @property
    def memory_ratio(self) -> float:
        """Return how many times more the plain run takes than the largest process of a worker."""
        return median(self.plain_memory) / self.memory.largest

    @property
    def size_ratio(self) -> float:
        return self.bytes[COLD] / self.bytes[PLAIN]


def run(options: Namespace) -> None:
    """Measure and print; `options` has `repeat` and `quick`."""
    repeat, sizes = (1, SIZES[:1]) if options.quick else (options.repeat, SIZES)
    print(f"bin/bench pdf: {circumstances()}; medians of {repeat}", flush=True)
    databases.make_base()
    try:
        measured = [_measure(documents, repeat) for documents in sizes]
    finally:
        databases.drop("base", *(_label(documents) for documents in SIZES))
    print(f"\n{_explained(measured)}\n{_result(measured)}")


def _label(documents: int) -> str:
    return f"pdf_{documents}"


def _measure(documents: int, repeat: int) -> Size:
    """Measure one size on a database of its own, plain and ours in turn: the machine is never quite still."""
    label = _label(documents)
    databases.make(label, template=databases.name_of("base"))
    environment = {"DATABASE_URL": databases.address_of(label)}
    with databases.using(databases.connected(label)):
        scale.grow(documents)
        size = Size(documents)
        with workers.running(WORKERS, environment) as staff:
            for turn in range(repeat):
                _one_turn(size, turn, staff)
            size.memory = staff.memory
    print(f"\n{_shown(size)}", flush=True)
    return size


def _one_turn(size: Size, turn: int, staff: workers.Workers) -> None:
    meeting = Meeting.objects.get(starts_at__date=scale.MEETING)
    _plain(size, meeting)
    _forget(Rendition, PartFile)
    PartName.objects.all().delete()  # or no HTML would be made to know that parts are new
    _ours(size, COLD, meeting, staff)
    _change_one(meeting, turn)
    _ours(size, ONE, meeting, staff)
    _forget(Rendition)
    _ours(size, WARM, meeting, staff)
    _ours(size, AGAIN, meeting, staff)


def _plain(size: Size, meeting: Meeting) -> None:
    """Render everything at once in a process of its own."""
    folder = settings.VAR_DIR / "plain"
    folder.mkdir(parents=True, exist_ok=True)
    html, target = folder / "whole.html", folder / "whole.pdf"
    composition = composers["handlingar"].compose(meeting, AUDIENCE)
    html.write_text(content.one_document(composition), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.plain", str(html), str(target)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    size.seconds[PLAIN].append(told["seconds"])
    size.plain_memory.append(told["peak"])
    size.parts[PLAIN].append(len(composition.parts))
    size.bytes[PLAIN], size.pages[PLAIN] = target.stat().st_size, told["pages"]


def _ours(size: Size, what: str, meeting: Meeting, staff: workers.Workers) -> None:
    """Ask for the file as a page does; it is there when the job is done."""
    before = set(PartFile.objects.values_list("pk", flat=True))
    asked_at = timezone.now()
    job = request_rendition(meeting, "handlingar", AUDIENCE, by=meeting.secretary)
    _wait_for(job, staff)
    size.seconds[what].append((job.ended_at - asked_at).total_seconds())
    size.parts[what].append(PartFile.objects.exclude(pk__in=before).count())
    made = Rendition.objects.of(meeting, "handlingar", AUDIENCE).newest()
    if made.faults:
        raise SystemExit(f"The file has faults: {made.faults[:3]}.")
    size.bytes[what], size.pages[what] = made.size, made.pages


def _wait_for(job: Job, staff: workers.Workers) -> None:
    """Return when the job is done; raises SystemExit when it fails or nobody does it."""
    deadline = time.monotonic() + LONGEST
    while job.is_active:
        staff.require_alive()
        if time.monotonic() > deadline:
            raise SystemExit(f"“{job}” is not done after {LONGEST} s: {job.note}.")
        time.sleep(GLANCE)
        job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise SystemExit(f"“{job}” ended as {job.state}: {job.error}.")


def _forget(*models) -> None:
    """Remove rows and their files."""
    for model in models:
        for row in model.objects.all():
            row.file.delete(save=False)
        model.objects.all().delete()


def _change_one(meeting: Meeting, turn: int) -> None:
    """Change a heading in the report that is still a draft: one part of the file becomes another."""
    item: AgendaItem = meeting.items.get(document__status=Document.Status.DRAFT)
    document = item.document
    section = document.sections.get(key="matter")
    before, mark, after = section.text.partition(MARK)
    if not mark:
        raise SystemExit(f"The draft has no {MARK} to change.")
    text = f"{before}{MARK} i {turn + 2}:a läsningen</h3>{after.partition('</h3>')[2]}"
    left = register.save_sections(document, texts={section.pk: (text, section.version)}, by=document.author)
    if left:
        raise SystemExit("The draft was not changed.")


def _shown(size: Size) -> str:
    rows = [
        [
            TOLD[what],
            f"{median(size.seconds[what]):.2f}",
            f"x{size.faster(what):.1f}",
            f"{min(size.seconds[what]):.2f}–{max(size.seconds[what]):.2f}",
            _parts(size, what),
            size.pages[what],
            f"{size.bytes[what] / 1024:.0f}",
        ]
        for what in TOLD
    ]
    heads = ["", "seconds", "faster", "from–to", "parts rendered", "pages", "KiB"]
    return f"{size.documents} documents\n{table(heads, rows)}\n{_memory(size)}"


def _parts(size: Size, what: str) -> str:
    """Return how many parts were rendered, in the fewest and in the most."""
    return "–".join(str(number) for number in sorted({min(size.parts[what]), max(size.parts[what])}))


def _memory(size: Size) -> str:
    mib = {
        "one WeasyPrint run": median(size.plain_memory) / 1024,
        size.memory.largest_name: size.memory.largest / 1024,
        "a worker with all its processes": size.memory.family / 1024,
    }
    return "peak memory, MiB: " + ", ".join(f"{name} {value:.0f}" for name, value in mib.items())


def _explained(measured: list[Size]) -> str:
    """Say what stands in the last line."""
    slowest = max(median(size.seconds[ONE]) for size in measured)
    return (
        f"One document changed: {slowest:.2f} s at most.\n"
        "cold, one_of_N, warm: times faster than one WeasyPrint run, cold and warm the worst size; warm is all "
        "parts warm, assembled anew.\n"
        "memory: one WeasyPrint run ÷ the largest process of a worker, at 66 documents. size: ours ÷ WeasyPrint's, "
        "the worst size."
    )


def _result(measured: list[Size]) -> str:
    by_size = {size.documents: size for size in measured}
    few, many = (by_size.get(documents) for documents in SIZES)
    return result(
        cold=min(size.faster(COLD) for size in measured),
        one_of_20=few and few.faster(ONE),
        one_of_66=many and many.faster(ONE),
        warm=min(size.faster(WARM) for size in measured),
        memory=many and many.memory_ratio,
        size=max(size.size_ratio for size in measured),
    )
