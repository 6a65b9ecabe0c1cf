"""Many parts, one file: pages, structure, links, outline and page numbers, as PDF/A-3a and PDF/UA-1."""

import hashlib
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf

from reports.pdf import stamp
from reports.pdf.embed import embed
from reports.pdf.errors import AssemblyError
from reports.pdf.identity import identify
from reports.pdf.inspect import inspect_file
from reports.pdf.letters import share_letters
from reports.pdf.links import Links
from reports.pdf.orders import Assembled, AssemblyPart, Order
from reports.pdf.outline import Outline
from reports.pdf.settling import count_up
from reports.pdf.tags import Tree
from reports.pdf.thrift import share_identical_streams


def assemble(order: Order, *, begun: "Bound | None" = None, left: list[Any] | None = None) -> Assembled:
    """Write the parts as one accessible, archivable file to the order's target and return its receipt.

    The same parts give the same bytes: ids and the one date (`dated`, the document's own) come from the
    content. The target appears whole or not at all. A file of several parts is numbered “Sida 19 av 35” on
    every page; a part's own numbers are its stylesheet's. A link to a part that is not in the file becomes
    plain text. The attachments are embedded in the file. Raises AssemblyError.

    What was `begun` with the first of these parts is gone on with. To let go of a file's objects takes a tenth of
    the time: who would rather answer first gives a list, in which they are `left`.
    """
    refuse_same_keys(order.parts)
    bound = going_on(begun, order.parts)
    if left is not None:
        left.append(bound)
    pdf = bound.pdf
    dead = bound.close()
    if len(order.parts) > 1:
        stamp.stamp_pages(pdf, order.lang, bound.low)
    embed(pdf, order.attachments)
    identify(pdf, title=order.title, author=order.author, lang=order.lang, dated=order.dated)
    share_letters(pdf)
    share_identical_streams(pdf)
    digest = write(pdf, order.target)
    faults = tuple(inspect_file(pdf))
    return Assembled(len(pdf.pages), digest, count_up(bound.lengths), tuple(sorted(set(dead))), faults)


def going_on(begun: "Bound | None", parts: Sequence[AssemblyPart]) -> "Bound":
    """Return the parts put together, from what was begun with the first of them or, if it was with others, anew."""
    bound = begun if begun and begun.parts == list(parts[: len(begun.parts)]) else Bound()
    for part in parts[len(bound.parts) :]:
        bound.add(part)
    return bound


def refuse_same_keys(parts: Sequence[AssemblyPart]) -> None:
    keys = [part.key for part in parts]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice or not keys:
        raise AssemblyError(
            f"More than one part has the key {', '.join(twice)}." if twice else "There are no parts."
        )


def open_part(part: AssemblyPart) -> Pdf:
    try:
        source = pikepdf.open(io.BytesIO(part.pdf) if isinstance(part.pdf, bytes) else part.pdf)
    except pikepdf.PdfError as error:
        raise AssemblyError(f"“{part.title}” ({part.key}) is not a PDF that can be read: {error}") from error
    if "/StructTreeRoot" not in source.Root or any("/StructParents" not in page.obj for page in source.pages):
        source.close()
        raise AssemblyError(
            f"“{part.title}” ({part.key}) is a PDF without tags, which no reader aloud can follow."
        )
    return source


class Bound:
    """A file being put together: add() each part in order, then close()."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.parts: list[AssemblyPart] = []
        self.lengths: dict[str, int] = {}  # pages by key
        self.low: set[int] = set()  # pages, from 0, whose number goes into the strip at their foot
        self._tree, self._links, self._outline = Tree(self.pdf), Links(self.pdf), Outline(self.pdf)

    def add(self, part: AssemblyPart) -> None:
        """Put a part after the others. It is closed again: open, all of them take as much memory as the file."""
        with open_part(part) as source:
            self.lengths[part.key] = len(source.pages)
            self._tree.renumber(source)
            first = len(self.pdf.pages)
            for page in source.pages:
                self.pdf.pages.append(page)
            self.parts.append(part)
            self._tree.add(source, position=len(self.parts), title=part.title)
            numbers = range(first, first + len(source.pages))
            if part.has_strip:
                self.low.update(numbers)
            pages = [self.pdf.pages[number] for number in numbers]
            self._links.add(source, pages, key=part.key)
            if part.level:
                self._outline.add(source, pages, title=part.title, level=part.level)
            if len(self.parts) == 1:
                intents = source.make_indirect(source.Root.OutputIntents)
                self.pdf.Root.OutputIntents = self.pdf.copy_foreign(intents)

    def close(self) -> list[str]:
        """Write what the parts have in common; return the links that lead nowhere."""
        dead = self._links.close(self._tree)
        self._tree.close()
        self._outline.close()
        return dead


def write(pdf: Pdf, target: Path) -> str:
    """Save the file beside its target, move it into place, and return its SHA-256."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w+b") as file:
            pdf.save(
                file,
                min_version="1.7",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest
