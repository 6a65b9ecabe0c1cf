"""What the process that binds is asked for and what it answers. Known apart from pikepdf, which only it has loaded."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

# KEY → the page on which that part begins, as printed: from 1.
FirstPages = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AssemblyPart:
    """One part of the file, in its order.

    `key` names it within the file: links to it are written `xref:KEY`. `title` and `level` (1 is the outermost)
    are its place in the outline; a part of level 0 goes on with the one before it and has no place. `pdf` is what
    `render` gave, as bytes or in a file. `has_strip` says that there is a strip for the file's page number at the
    foot of its pages, see `reports.pdf.strip`.
    """

    key: str
    title: str
    pdf: Path | bytes
    level: int = 1
    has_strip: bool = False


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file to embed: its name as readers see it, content, MIME type, what it is, and what it is to the pages.

    `relationship` is PDF/A-3's: Supplement for what belongs to the text, Data for what its tables are made of.
    """

    name: str
    data: bytes | Path
    mime: str
    description: str
    relationship: Literal["Supplement", "Data"]
    dated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be bound: what `reports.pdf.assemble.assemble` takes."""

    parts: Sequence[AssemblyPart]
    title: str
    author: str
    lang: str
    target: Path
    dated: dt.date | None = None
    attachments: Sequence[Embedded] = ()


def gettext_noop(text: str) -> str:
    """Mark a text for translation, as Django's function of this name, which the processes that know PDFs never load."""
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing amiss: the rule, the page when it is on one (from 1), and what it is.

    The text is the English one, with `%(names)s` for the details: it is kept as it is, and `reports.faults.worded`
    puts it into the language of who reads it.
    """

    rule: str
    page: int | None
    text: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The receipt of a file: length, hash, the first page of each part by key, links that led nowhere, and faults.

    The faults are those that a file can have though its parts have none.
    """

    pages: int
    sha256: str
    first_pages: FirstPages
    dead_links: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
