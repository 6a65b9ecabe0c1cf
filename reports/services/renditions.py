"""Making files: composed anew each time, rendered once for each content, assembled, inspected."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import jobs
from core.models import Job
from core.naming import key_of
from core.services import service
from reports.composing import Composition, Part, composers
from reports.models import PartFile, Rendition, RenditionPart, Withheld
from reports.pdf import assemble, inspect, render
from reports.services import keeping

Progress = Callable[[int, int, str], None]


def no_progress(done: int, total: int, note: str = "") -> None:
    """For who does not look on."""


@service
def request_rendition(subject: Any, kind: str, audience: str, *, by, pin: bool = False) -> Job:
    """Ask for a file in the background. Asking again while it is being made changes nothing."""
    label = subject._meta.label_lower
    return jobs.start(
        "reports.make",
        by=by,
        title=f"{composers[kind].label}: {subject}",
        url=subject.get_absolute_url(),
        key=f"make:{kind}:{label}:{subject.pk}:{audience}",
        subject=label,
        pk=subject.pk,
        kind=kind,
        audience=audience,
        pin=pin,
    )


def compose(subject: models.Model, kind: str, audience: str) -> Composition:
    """Compose a subject for an audience, in the language of paper: Swedish."""
    with translation.override("sv"):
        return composers[kind].compose(subject, audience)


def make(
    subject: models.Model, kind: str, audience: str, *, pin: bool = False, progress: Progress = no_progress
) -> Rendition:
    """Return the subject's file for the audience as it is now; made when its content is new or its file lost."""
    read_at = timezone.now()
    composition = compose(subject, kind, audience)
    made = Rendition.objects.of(subject, kind, audience).filter(fingerprint=fingerprint(composition)).first()
    whole = made if made and keeping.is_whole(made) else None
    rendition = whole or _make(subject, kind, audience, composition, progress)
    rendition.current_at = max(rendition.current_at, read_at) if whole else read_at
    rendition.about = sorted(composition.about)
    rendition.is_pinned = rendition.is_pinned or pin
    rendition.save(update_fields=["current_at", "about", "is_pinned"])
    return rendition


@service
def withhold(subject: models.Model, *, by) -> None:
    """Hand out no more what was made of a row before it became secret, but to those who read secrets."""
    Withheld.objects.create(key=key_of(subject), by=by)


def _make(
    subject: models.Model, kind: str, audience: str, composition: Composition, progress: Progress
) -> Rendition:
    """Render what is missing, put the parts together and keep the file."""
    waiting = [part for part in composition.parts if not part.contents]
    files: dict[str, PartFile] = {}
    with tempfile.TemporaryDirectory() as folder:
        copies, target = Path(folder), Path(folder) / "whole.pdf"
        for done, part in enumerate(waiting):
            progress(done, len(waiting) + 1, part.title)
            files[part.key] = rendered(part, copies)
        progress(len(waiting), len(waiting) + 1, composition.title)
        assembled = _assemble(composition, files, copies, target)
        rendition = Rendition(
            subject=subject,
            kind=kind,
            audience=audience,
            fingerprint=fingerprint(composition),
            title=composition.title,
            filename=f"{composition.filename}.pdf",
            sha256=assembled.sha256,
            size=target.stat().st_size,
            pages=assembled.pages,
            faults=[asdict(fault) for fault in inspect.inspect(target)],
        )
        return _keep(rendition, composition, files, assembled.first_pages, target)


def _assemble(
    composition: Composition, files: dict[str, PartFile], copies: Path, target: Path
) -> assemble.Assembled:
    """Bind the rendered parts to one file; contents are rendered when the pages are known, into `files`."""

    def pdf_of(part: Part) -> Path | Callable[[assemble.FirstPages], bytes]:
        def with_pages(first_pages: assemble.FirstPages) -> bytes:
            files[part.key] = rendered(part, copies, pages=first_pages)
            return (copies / files[part.key].pk).read_bytes()

        return with_pages if part.contents else copies / files[part.key].pk

    return assemble.assemble(
        [assemble.AssemblyPart(part.key, part.title, pdf_of(part), part.level) for part in composition.parts],
        title=composition.title,
        author=composition.author,
        lang="sv",
        target=target,
        dated=composition.dated,
    )


def fingerprint(composition: Composition) -> str:
    """Return what makes this the same file: its content, and the engine and templates that shape it."""
    shape = f"{composition.fingerprint} {render.engine_fingerprint()} {templates_fingerprint()}"
    return hashlib.sha256(shape.encode()).hexdigest()


def _keep(
    rendition: Rendition,
    composition: Composition,
    files: dict[str, PartFile],
    first_pages: assemble.FirstPages,
    target: Path,
) -> Rendition:
    """Save the file and its parts; of two who made the same, the first one's stays, unless its file is lost."""
    try:
        with transaction.atomic(), target.open("rb") as content:
            rendition.file.save(keeping.new_name(rendition.sha256), File(content), save=False)
            rendition.save()
            RenditionPart.objects.bulk_create(
                RenditionPart(
                    rendition=rendition,
                    part_file=files[part.key],
                    position=position,
                    key=part.key,
                    title=part.title,
                    first_page=first_pages[part.key],
                )
                for position, part in enumerate(composition.parts)
            )
    except IntegrityError:
        rendition.file.delete(save=False)
        same = Rendition.objects.of(rendition.subject, rendition.kind, rendition.audience).get(
            fingerprint=rendition.fingerprint
        )
        if not keeping.is_whole(same):
            with target.open("rb") as content:
                same.file.save(keeping.new_name(same.sha256), File(content))
        return same
    return rendition


@cache
def templates_fingerprint() -> str:
    """Return the hash of our print templates and of what binds the parts: a new layout makes new files."""
    digest = hashlib.sha256()
    folder, binding = settings.BASE_DIR / "templates", Path(assemble.__file__).parent
    templates = [*folder.glob("*/print/*.html"), *folder.glob("*/blocks/*.html")]
    for path in [*sorted(templates), *sorted(binding.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def rendered(part: Part, copies: Path, **context) -> PartFile:
    """Return the part as a PDF, rendered unless one of just this HTML is kept; leave a copy by its hash in `copies`."""
    html = page_html(part, **context)
    key = hashlib.sha256(f"{render.engine_fingerprint()}\x1f{html}".encode()).hexdigest()
    return _kept(copies / key) or _by_one_only(html, copies / key)


def _kept(copy: Path) -> PartFile | None:
    kept = PartFile.objects.filter(pk=copy.name).first()
    return kept if kept and keeping.fetch(kept, copy) else None


def _by_one_only(html: str, copy: Path) -> PartFile:
    """Render the part; of several workers who need the same one at once, the others wait and take the first one's."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [copy.name])
        return _kept(copy) or _render(html, copy)


def page_html(part: Part, **context) -> str:
    """Return the part's complete HTML document for paper."""
    with translation.override("sv"):
        body = part.body(**context)
        return render_to_string(
            "reports/print/_shell.html",
            {
                "part": {"key": part.key, "title": part.title, "lang": "sv", "body": body},
                "furniture": part.furniture,
            },
        )


def _render(html: str, copy: Path) -> PartFile:
    pdf = render.render(html)
    copy.write_bytes(pdf)
    part_file = PartFile(hash=copy.name, sha256=hashlib.sha256(pdf).hexdigest())
    part_file.file.save(keeping.new_name(copy.name), ContentFile(pdf), save=False)
    PartFile.objects.bulk_create(
        [part_file], update_conflicts=True, unique_fields=["hash"], update_fields=["file", "sha256"]
    )
    return part_file
