"""Making files: composed anew each time, rendered once for each content, assembled, inspected."""

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.utils import timezone, translation

from core import jobs
from core.models import Job
from core.naming import key_of
from core.services import service
from reports.composing import Composition, composers
from reports.models import PartFile, Rendition, RenditionPart, Watch, Withheld
from reports.pdf import engine, guarded
from reports.pdf.engine import engine_fingerprint
from reports.services import binding, keeping, parking, parts
from reports.services.failing import FileFailed
from reports.services.wanted import Wanted, all_wanted, house_fingerprint, remember

Progress = Callable[[int, int, str], None]
log = logging.getLogger(__name__)

MOST_SEEN = 1000  # changes: after an import of more, its file is in doubt until they have been read
ATTEMPTS = 3  # at parts that get lost between being made and being bound


def no_progress(done: int, total: int, note: str = "") -> None:
    """For who does not look on."""


def make_key(subject: models.Model, kind: str, audience: str) -> str:
    """Return the key of the job that makes a file."""
    return f"make:{kind}:{subject._meta.label_lower}:{subject.pk}:{audience}"


def latest_making(subject: models.Model, kind: str, audience: str) -> models.QuerySet[Job, dict[str, Any]]:
    """Return how the latest job that makes a file stands, as `Job.objects.latest_of` does."""
    return Job.objects.latest_of(make_key(subject, kind, audience))


def how_it_is_made(subject: models.Model, kind: str, audience: str) -> dict[str, Any] | None:
    """Return how the latest making of a file stands; None when nobody has asked for it."""
    latest = latest_making(subject, kind, audience).first()
    return latest and latest["standing"]


@service
def request_rendition(subject: Any, kind: str, audience: str, *, by, pin: bool = False) -> Job:
    """Ask for a file in the background. Asking again while it is being made changes nothing."""
    label = subject._meta.label_lower
    return jobs.start(
        "reports.make",
        by=by,
        title=f"{composers[kind].label}: {subject}",
        url=subject.get_absolute_url(),
        key=make_key(subject, kind, audience),
        subject=label,
        pk=subject.pk,
        kind=kind,
        audience=audience,
        pin=pin,
    )


@service
def withhold(subject: models.Model, *, by) -> None:
    """Hand out no more what was made of a row before it became secret, but to those who read secrets."""
    Withheld.objects.create(key=key_of(subject), by=by)


def compose(subject: models.Model, kind: str, audience: str) -> Composition:
    """Compose a subject for an audience, in the language of paper: Swedish."""
    with translation.override("sv"):
        return composers[kind].compose(subject, audience)


class Making:
    """One file on its way: what it is to hold, as it was when it was read."""

    def __init__(self, subject: models.Model, kind: str, audience: str, *, pin: bool = False):
        self.subject, self.kind, self.audience, self.pin = subject, kind, audience, pin
        self.read_at: datetime = timezone.now()
        # What was changed before it is read, it holds.
        self.seen = list(Watch.unread().values_list("pk", flat=True)[:MOST_SEEN])
        self.composition = compose(subject, kind, audience)
        self.fingerprint = fingerprint(self.composition)
        self.binding = binding.Binding(self.composition)

    def close(self) -> None:
        """Remove what was copied to be bound."""
        self.binding.close()

    @cached_property
    def wanted(self) -> list[Wanted]:
        """The parts but contents."""
        return all_wanted([part for part in self.composition.parts if not part.contents])

    def begin(self, *, by) -> None:
        """Let the workers begin with the parts that nobody has seen, before their hashes are all known."""
        parts.begin_many([one for one in self.wanted if one.is_new], by=by)

    @property
    def total(self) -> int:
        """How many steps it takes: its parts, and the binding."""
        return len(self.wanted) + 1

    def known(self) -> Rendition | None:
        """Return the file, if one of just this content is kept whole."""
        made = Rendition.objects.of(self.subject, self.kind, self.audience).filter(
            fingerprint=self.fingerprint
        )
        found = made.first()
        return found if found and keeping.is_whole(found) else None

    def lacking(self) -> list[Wanted]:
        remember(self.wanted)
        made = parts.made(self.wanted)
        return [one for one in self.wanted if one.hash not in made]

    def bind(self) -> Rendition | None:
        """Bind the parts; None when one that was made is lost, and has to be made again."""
        files = self._files()
        if any(one.key not in files for one in self.wanted):
            return None
        try:
            return self.binding.bind(self._rendition(), files)
        except binding.PartsLost:
            return None

    def make_contents(self) -> None:
        """Make what the binding would have to wait for, while the last parts are still being made."""
        self.binding.make_contents(self._files(), self._pages_before())

    def begin_binding(self) -> None:
        """Put together what is there, while the last parts are still being made."""
        self.binding.begin(self._files())

    def _pages_before(self) -> dict[str, int]:
        """Return how many pages each part of the subject's last file has, by key."""
        last = Rendition.objects.of(self.subject, self.kind, self.audience).newest()
        kept = last.parts.exclude(part_file=None) if last else RenditionPart.objects.none()
        return dict(kept.values_list("key", "part_file__pages"))

    def _files(self) -> dict[str, PartFile]:
        """Return the parts that are made, by their keys."""
        made = parts.made(self.wanted)
        return {one.key: made[one.hash] for one in self.wanted if one.hash in made}

    def _rendition(self) -> Rendition:
        return Rendition(
            subject=self.subject,
            kind=self.kind,
            audience=self.audience,
            fingerprint=self.fingerprint,
            title=self.composition.title,
            filename=f"{self.composition.filename}.pdf",
            current_at=self.read_at,
        )

    def compare(self) -> None:
        """Write down which of the subject's files are no longer what it is."""
        ours = Rendition.objects.of(self.subject, self.kind, self.audience)
        same = Case(When(fingerprint=self.fingerprint, then=False), default=True)
        ours.update(checked_at=self.read_at, is_outdated=same)

    def note(self, rendition: Rendition) -> Rendition:
        """Write down that the subject was just this when it was read."""
        if self.read_at >= rendition.current_at:
            rendition.current_at, rendition.seen = self.read_at, self.seen
        rendition.about = sorted(self.composition.about)
        rendition.is_pinned = rendition.is_pinned or self.pin
        rendition.save(update_fields=["current_at", "seen", "about", "is_pinned"])
        self.compare()
        return rendition


def make(
    subject: models.Model, kind: str, audience: str, *, pin: bool = False, progress: Progress = no_progress
) -> Rendition:
    """Return the subject's file for the audience as it is now; made here when its content is new or its file lost.

    Raises RenderError and AssemblyError.
    """
    with closing(Making(subject, kind, audience, pin=pin)) as making:
        known = making.known()
        return making.note(known or _make_here(making, progress))


def _make_here(making: Making, progress: Progress) -> Rendition:
    for _attempt in range(ATTEMPTS):
        lacking = making.lacking()
        for done, one in enumerate(lacking, start=making.total - 1 - len(lacking)):
            progress(done, making.total, one.title)
            parts.make_now(one)
        progress(making.total - 1, making.total, making.composition.title)
        if made := making.bind():
            return made
    raise binding.PartsLost


def make_together(
    run: jobs.Run, subject: models.Model, kind: str, audience: str, *, pin: bool
) -> Rendition | None:
    """Make a file with all workers: each part is a job of its own, and who makes the last ones calls for the binding.

    Return None while parts are being made: the job is parked and done again when they are. Raises PartFailed for
    a part that cannot be made, and FileFailed when they cannot be bound or the file not kept.
    """
    with closing(Making(subject, kind, audience, pin=pin)) as making:
        try:
            return _make_together(run, making)
        except (jobs.JobCancelled, jobs.JobFailed, jobs.JobLost):
            raise
        except Exception as error:
            log.exception("%s could not be made", making.composition.title)
            raise FileFailed(making.composition.title, error) from error


def _make_together(run: jobs.Run, making: Making) -> Rendition | None:
    made = making.known()
    if made is None:
        making.begin(by=run.by)
    for _attempt in range(ATTEMPTS):
        if made is None:
            lacking = making.lacking()
            if not parts.make_few(lacking):
                parts.begin(lacking, by=run.by)
                if len(lacking) <= parts.last_of(making.total):
                    making.make_contents()
                    making.begin_binding()
                    parking.help_out(run, lacking, making.total, meanwhile=making.begin_binding)
                if parking.wait_for(run, lacking, making.total):
                    return None
            run.progress(making.total - 1, making.total, making.composition.title)
            made = making.bind()
        if made:
            parking.waits_no_more(run.job)
            return making.note(made)
    raise binding.PartsLost


def make_ready() -> None:
    """Make in this process what is made once, and what the first file would wait for otherwise."""
    guarded.renderer().start()
    guarded.binder().start()
    templates_fingerprint()
    engine_fingerprint()
    house_fingerprint()


def fingerprint(composition: Composition) -> str:
    """Return what makes this the same file: its content, and the engine and templates that shape it."""
    shape = f"{composition.fingerprint} {engine_fingerprint()} {templates_fingerprint()}"
    return hashlib.sha256(shape.encode()).hexdigest()


@cache
def templates_fingerprint() -> str:
    """Return the hash of our print templates and of what binds the parts: a new layout makes new files."""
    digest = hashlib.sha256()
    folder, binding_code = settings.BASE_DIR / "templates", Path(engine.__file__).parent
    templates = [*folder.glob("*/print/*.html"), *folder.glob("*/blocks/*.html")]
    for path in [*sorted(templates), *sorted(binding_code.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()
