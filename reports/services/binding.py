"""Binding parts to one file, inspecting it, and keeping it."""

import math
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reports.annexes.pieces import embedded
from reports.composing import Composition, Part
from reports.models import PartFile, Rendition, RenditionPart
from reports.pdf import guarded
from reports.pdf.orders import Assembled, AssemblyPart, Embedded, FirstPages, Order
from reports.pdf.settling import Make, count_up, settle
from reports.services import keeping, parts
from reports.services.wanted import Wanted

ROWS_A_PAGE = 27  # of contents in either house style, some titles on two lines
NOTHING: Mapping[str, int] = {}


class PartsLost(Exception):
    """Kept parts are gone or damaged; they have been forgotten and are to be made anew."""


def bind(rendition: Rendition, composition: Composition, files: Mapping[str, PartFile]) -> Rendition:
    """Put a composition's parts (by key; contents are made here) into one file, and keep it with its receipt.

    Raises PartsLost, RenderError and AssemblyError.
    """
    with tempfile.TemporaryDirectory() as folder:
        copies, target = Path(folder), Path(folder) / "whole.pdf"
        bound = _with_contents(composition, files)
        fetch_all(bound.values(), copies)
        assembled = guarded.bind(_order(composition, bound, copies, target))
        rendition.sha256 = assembled.sha256
        rendition.size = target.stat().st_size
        rendition.pages = assembled.pages
        rendition.faults = _faults(assembled, bound)
        return _keep(rendition, composition, bound, assembled.first_pages, target)


def _with_contents(composition: Composition, files: Mapping[str, PartFile]) -> dict[str, PartFile]:
    """Return the files with those of contents, which are made with the pages that the others have."""
    bound = dict(files)

    def maker(part: Part) -> Make:
        def make(first_pages: FirstPages) -> int:
            bound[part.key] = _contents(part, first_pages)
            return bound[part.key].pages

        return make

    lengths = {part.key: _likely_pages(part, files) for part in composition.parts}
    settle(lengths, {part.key: maker(part) for part in composition.parts if part.contents})
    return bound


def _order(composition: Composition, bound: Mapping[str, PartFile], copies: Path, target: Path) -> Order:
    return Order(
        parts=[
            AssemblyPart(part.key, part.title, copies / bound[part.key].pk, part.level)
            for part in composition.parts
        ],
        title=composition.title,
        author=composition.author,
        lang="sv",
        target=target,
        dated=composition.dated,
        attachments=attachments_of(composition),
    )


def _faults(assembled: Assembled, bound: Mapping[str, PartFile]) -> list[dict[str, Any]]:
    """Return what is amiss with the file, and with its parts as it was found when each was made."""
    faults = [asdict(fault) for fault in assembled.faults]
    for key, row in bound.items():
        first = assembled.first_pages[key]
        faults += [fault | {"page": _in_file(fault["page"], first)} for fault in row.faults]
    return faults


def _in_file(page: int | None, first_page: int) -> int | None:
    return page and page + first_page - 1


def fetch_all(files, copies: Path) -> None:
    """Copy the parts to a folder, each under its hash, byte for byte as they were made."""
    lost = [row for row in {row.pk: row for row in files}.values() if not keeping.fetch(row, copies / row.pk)]
    if lost:
        parts.lose(lost)
        raise PartsLost


def make_contents(composition: Composition, files: Mapping[str, PartFile], before: Mapping[str, int]) -> None:
    """Make contents while some parts are still being made, as if each had as many pages as `before`, or one.

    Mostly they do: the last to be made are short. Then nobody waits for contents when all the others are there.
    """
    pages = count_up({part.key: _likely_pages(part, files, before) for part in composition.parts})
    for part in composition.parts:
        if part.contents:
            _contents(part, pages)


def _contents(part: Part, first_pages: FirstPages) -> PartFile:
    """Return contents that print these pages; made here if nobody has made them."""
    wanted = Wanted(part, pages=first_pages)
    return parts.made([wanted]).get(wanted.hash) or parts.make_now(wanted)


def _likely_pages(part: Part, files: Mapping[str, PartFile], before: Mapping[str, int] = NOTHING) -> int:
    """Return how many pages a part has, or guess it of contents and of one that is being made.

    When the guess is right, contents are rendered once, with nobody waiting twice.
    """
    if part.contents:
        return math.ceil(len(part.data["rows"]) / ROWS_A_PAGE)
    return files[part.key].pages if part.key in files else before.get(part.key, 1)


def attachments_of(composition: Composition) -> list[Embedded]:
    """Return what is embedded in the file: its data, and the originals of annexes that no page could be made of."""
    data = Embedded(
        "data.json",
        composition.data,
        "application/json",
        _("What the file is made of, for machines"),
        "Data",
        composition.dated,
    )
    originals = [part.annex for part in composition.parts if part.piece and part.piece.embeds]
    return [data, *(embedded(parts.annex_of(name)) for name in originals)]


def _keep(
    rendition: Rendition,
    composition: Composition,
    bound: Mapping[str, PartFile],
    first_pages: FirstPages,
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
                    part_file=bound[part.key],
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
