"""Many parts, one file: pages, structure, links, outline and page numbers, as PDF/A-3a and PDF/UA-1."""

import datetime as dt
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from reports.pdf import stamp
from reports.pdf.embed import Embedded, embed
from reports.pdf.identity import identify
from reports.pdf.letters import share_letters
from reports.pdf.links import Links
from reports.pdf.outline import Outline
from reports.pdf.tags import Tree
from reports.pdf.thrift import share_identical_streams

# A contents page knows its numbers only when its own length is known: it is made again until both agree.
ATTEMPTS = 5

FirstPages = Mapping[str, int]


class AssemblyError(Exception):
    """The parts cannot be made into one file; the message says which and why."""


@dataclass(frozen=True, slots=True)
class AssemblyPart:
    """One part of the file, in its order.

    `key` names it within the file: links to it are written `xref:KEY`. `title` and `level` (1 is the outermost)
    are its place in the outline; a part of level 0 goes on with the one before it and has no place. `pdf` is what
    `render` gave, as bytes or in a file; or, for a part that prints page numbers of the others, such as contents, a
    function from first pages (KEY → page number as printed, from 1) to those bytes. `pages`, where it is known, spares
    opening the part to count them; for a function it is a guess, otherwise of one page. The function is called once
    when its part comes out at as many pages, and again when it does not, so that the numbers it prints are always
    those of the file.
    """

    key: str
    title: str
    pdf: Path | bytes | Callable[[FirstPages], bytes]
    level: int = 1
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Assembled:
    """The receipt of a file: length, hash, the first page of each part by key, and links that led nowhere."""

    pages: int
    sha256: str
    first_pages: FirstPages
    dead_links: tuple[str, ...] = ()


def assemble(
    parts: Sequence[AssemblyPart],
    *,
    title: str,
    author: str,
    lang: str,
    target: Path,
    dated: dt.date | None = None,
    attachments: Sequence[Embedded] = (),
) -> Assembled:
    """Write the parts as one accessible, archivable file to `target` and return its receipt.

    The same parts give the same bytes: ids and the one date (`dated`, the document's own) come from the
    content. The target appears whole or not at all. A file of several parts is numbered “Sida 19 av 35” on
    every page; a part's own numbers are its stylesheet's. A link to a part that is not in the file becomes
    plain text. The attachments are embedded in the file. Raises AssemblyError.
    """
    refuse_same_keys(parts)
    contents, first_pages = settle(parts)
    with pikepdf.new() as pdf:
        dead = bind(pdf, parts, contents)
        if len(parts) > 1:
            stamp.stamp_pages(pdf, lang)
        embed(pdf, attachments)
        identify(pdf, title=title, author=author, lang=lang, dated=dated)
        share_letters(pdf)
        share_identical_streams(pdf)
        digest = write(pdf, target)
        return Assembled(len(pdf.pages), digest, first_pages, tuple(sorted(set(dead))))


def refuse_same_keys(parts: Sequence[AssemblyPart]) -> None:
    keys = [part.key for part in parts]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice or not keys:
        raise AssemblyError(
            f"More than one part has the key {', '.join(twice)}." if twice else "There are no parts."
        )


def settle(parts: Sequence[AssemblyPart]) -> tuple[list[Path | bytes], FirstPages]:
    """Make the parts that print the others' page numbers; return what all consist of, and where each begins."""
    lengths = {part.key: part.pages or (1 if callable(part.pdf) else count(part, part.pdf)) for part in parts}
    for _attempt in range(ATTEMPTS):
        first_pages = count_up(lengths)
        contents = [part.pdf(first_pages) if callable(part.pdf) else part.pdf for part in parts]
        found = {
            part.key: count(part, pdf) if callable(part.pdf) else lengths[part.key]
            for part, pdf in zip(parts, contents, strict=True)
        }
        if found == lengths:
            return contents, first_pages
        lengths = found
    raise AssemblyError("The contents pages do not settle on a number of pages.")


def count(part: AssemblyPart, pdf: Path | bytes) -> int:
    with open_part(part, pdf) as source:
        return len(source.pages)


def count_up(lengths: Mapping[str, int]) -> dict[str, int]:
    """Return the first page of each part, the file's first being 1."""
    first_pages, page = {}, 1
    for key, length in lengths.items():
        first_pages[key] = page
        page += length
    return first_pages


def open_part(part: AssemblyPart, pdf: Path | bytes) -> Pdf:
    try:
        source = pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    except pikepdf.PdfError as error:
        raise AssemblyError(f"“{part.title}” ({part.key}) is not a PDF that can be read: {error}") from error
    if "/StructTreeRoot" not in source.Root or any("/StructParents" not in page.obj for page in source.pages):
        source.close()
        raise AssemblyError(
            f"“{part.title}” ({part.key}) is a PDF without tags, which no reader aloud can follow."
        )
    return source


def bind(pdf: Pdf, parts: Sequence[AssemblyPart], contents: Sequence[Path | bytes]) -> list[str]:
    """Put the parts into the file one after another and return the links that lead nowhere.

    Each is closed again when it is bound: open, all of them take as much memory as the file.
    """
    tree, links, outline = Tree(pdf), Links(pdf), Outline(pdf)
    for position, (part, content) in enumerate(zip(parts, contents, strict=True), start=1):
        with open_part(part, content) as source:
            tree.renumber(source)
            first = len(pdf.pages)
            for page in source.pages:
                pdf.pages.append(page)
            tree.add(source, position=position, title=part.title)
            pages = [pdf.pages[number] for number in range(first, first + len(source.pages))]
            links.add(source, pages, key=part.key)
            if part.level:
                outline.add(source, pages, title=part.title, level=part.level)
            if position == 1:
                intents = source.make_indirect(source.Root.OutputIntents)
                pdf.Root.OutputIntents = pdf.copy_foreign(intents)
    dead = links.close(tree)
    tree.close()
    outline.close()
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
