"""Binding parts to one file, inspecting it, and keeping it."""

import math
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reports.annexes.pieces import embedded
from reports.composing import Composition, Part
from reports.models import PartFile, Rendition, RenditionPart
from reports.pdf import guarded
from reports.pdf.errors import AssemblyError, RendererDied
from reports.pdf.orders import Assembled, AssemblyPart, Embedded, FirstPages, Order
from reports.pdf.settling import Make, count_up, settle
from reports.services import keeping, parts
from reports.services.wanted import Wanted

ROWS_A_PAGE = 27  # of contents in either house style, some titles on two lines
NOTHING: Mapping[str, int] = {}


class PartsLost(Exception):
    """Kept parts are gone or damaged; they have been forgotten and are to be made anew."""


class Binding:
    """A composition's parts on their way to one file, begun while the last of them are still being made."""

    def __init__(self, composition: Composition) -> None:
        self.composition = composition
        self.contents: dict[str, PartFile] = {}  # by key, as they were made ahead
        self._copied: set[str] = set()  # hashes
        self._opened = ExitStack()

    def close(self) -> None:
        """Remove what was copied."""
        self._opened.close()

    @cached_property
    def _folder(self) -> Path:
        return Path(self._opened.enter_context(tempfile.TemporaryDirectory()))

    def make_contents(self, files: Mapping[str, PartFile], before: Mapping[str, int]) -> None:
        """Make contents while some parts are still being made, as if each had as many pages as `before`, or one.

        Mostly they do: the last to be made are short. Then nobody waits for contents when all the others are there.
        """
        pages = count_up({part.key: _likely_pages(part, files, before) for part in self.composition.parts})
        self.contents = {part.key: _contents(part, pages) for part in self.composition.parts if part.contents}

    def begin(self, files: Mapping[str, PartFile]) -> None:
        """Put together what the file begins with, up to the first part that is not made yet.

        What is wrong with a part, `bind` finds too, and says.
        """
        there = {**files, **self.contents}
        first = list(takewhile(lambda part: part.key in there, self.composition.parts))
        with suppress(PartsLost, AssemblyError, RendererDied):
            self._fetch(there[part.key] for part in first)
            guarded.begin([self._assembly(part, there) for part in first])

    def bind(self, rendition: Rendition, files: Mapping[str, PartFile]) -> Rendition:
        """Put the parts (by key; contents are made here) into one file, and keep it with its receipt.

        Raises PartsLost, RenderError and AssemblyError.
        """
        bound = _with_contents(self.composition, files)
        self._fetch(bound.values())
        order = self._order(bound)
        assembled = guarded.bind(order)
        rendition.sha256 = assembled.sha256
        rendition.size = order.target.stat().st_size
        rendition.pages = assembled.pages
        rendition.faults = _faults(assembled, bound)
        return _keep(rendition, self.composition, bound, assembled.first_pages, order.target)

    def _copy_of(self, row: PartFile) -> Path:
        return self._folder / row.pk

    def _fetch(self, rows: Iterable[PartFile]) -> None:
        """Copy the parts to a folder, each under its hash, byte for byte as they were made. Raises PartsLost."""
        lacking = {row.pk: row for row in rows if row.pk not in self._copied}
        lost = [row for row in lacking.values() if not keeping.fetch(row, self._copy_of(row))]
        self._copied |= lacking.keys() - {row.pk for row in lost}
        if lost:
            parts.lose(lost)
            raise PartsLost

    def _assembly(self, part: Part, bound: Mapping[str, PartFile]) -> AssemblyPart:
        has_strip = bool(part.piece and not part.piece.template)
        return AssemblyPart(part.key, part.title, self._copy_of(bound[part.key]), part.level, has_strip)

    def _order(self, bound: Mapping[str, PartFile]) -> Order:
        return Order(
            parts=[self._assembly(part, bound) for part in self.composition.parts],
            title=self.composition.title,
            author=self.composition.author,
            lang="sv",
            target=self._folder / "whole.pdf",
            dated=self.composition.dated,
            attachments=attachments_of(self.composition),
        )


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


def _faults(assembled: Assembled, bound: Mapping[str, PartFile]) -> list[dict[str, Any]]:
    """Return what is amiss with the file, and with its parts as it was found when each was made."""
    faults = [asdict(fault) for fault in assembled.faults]
    for key, row in bound.items():
        first = assembled.first_pages[key]
        faults += [fault | {"page": _in_file(fault["page"], first)} for fault in row.faults]
    return faults


def _in_file(page: int | None, first_page: int) -> int | None:
    return page and page + first_page - 1


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
    """Return what is embedded in the file: its data, and the originals of annexes of which not all is in the pages."""
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
