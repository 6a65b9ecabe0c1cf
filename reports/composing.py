"""What may be rendered, registered from above: reports itself knows no case."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.functional import Promise

from core.registry import Registry
from reports.annexes.pieces import Annex, AnnexPiece


class NotNamed(ObjectDoesNotExist):
    """The words name nothing; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Part:
    """The unit of rendering: begins on a new page and is usually a whole document.

    `data` is canonical JSON; `template` makes it the body that page and paper share.
    """

    key: str
    title: str
    template: str
    data: Mapping[str, Any]
    furniture: Mapping[str, Any]
    level: int = 1  # of its entry in the outline; 0 goes on with the part before
    contents: bool = False  # lists the other parts with their pages, and is therefore made last
    annex: str = ""  # the name of the row whose file the part is a piece of, see `annexes`
    piece: AnnexPiece | None = None

    def body(self, **context: Any) -> str:
        """Return the part's HTML, the same for the reading page and for paper."""
        return render_to_string(self.template, {"data": self.data, "part": self, **context})

    @property
    def fingerprint(self) -> str:
        piece = self.piece.fingerprint if self.piece else ""
        shape = [self.key, self.title, self.level, self.template, self.data, self.furniture, piece]
        return hashlib.sha256(json.dumps(shape, sort_keys=True, default=str).encode()).hexdigest()


def outward(data: Any) -> Any:
    """Return data without our own addresses: outside they lead nowhere, and number our rows. The words beside them stay."""
    if isinstance(data, Mapping):
        return {key: outward(value) for key, value in data.items() if key != "url"}
    if isinstance(data, list | tuple):
        return [outward(one) for one in data]
    return data


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole file: what it is called and the parts in it."""

    title: str
    filename: str  # without ending, safe in any file system
    author: str
    dated: date | None = None  # the one date inside the file
    parts: list[Part] = field(default_factory=list)
    about: frozenset[str] = frozenset()  # the keys of the rows it tells of, see `core.naming`

    @property
    def data(self) -> bytes:
        """Return what the file is made of, for machines: every part's data, as JSON, the same for the same content.

        Without indentation: Python writes it with its fast encoder only then. And without our own addresses.
        """
        parts = [
            {"key": part.key, "title": part.title, **outward(part.data)} for part in self.parts if part.data
        ]
        whole = {"title": self.title, "author": self.author, "dated": self.dated, "parts": parts}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str).encode()

    @property
    def fingerprint(self) -> str:
        """Return the hash of all that the file holds; two compositions with the same are the same file."""
        whole = [self.title, self.author, str(self.dated), *(part.fingerprint for part in self.parts)]
        return hashlib.sha256("\x1f".join(whole).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Composer:
    subject: str
    kind: str
    label: str | Promise
    compose: Callable[[Any, str], Composition]
    audience_of: Callable[[Any, Any], str | None]  # (user, subject) → the audience they may read as
    find: Callable[[list[str]], Model]  # the subject that a command line names
    # (user, subject) → the moment before which its files were drafts that the user may not read, or None.
    open_since: Callable[[Any, Any], datetime | None] = lambda _user, _subject: None

    @property
    def where(self) -> str:
        return f"of {self.subject} · {self.compose.__module__}"


composers: Registry[Composer] = Registry("composer")
# model label → (primary key → the annex that its file is); for the worker that makes a piece of it.
annexes: Registry[Callable[[int], Annex]] = Registry("annex")


def annex_of(label: str):
    """Register a function (primary key) → Annex for the files of a model."""

    def register(function):
        return annexes.add(label.lower(), function)

    return register


def composer(
    subject: str,
    *,
    kind: str,
    label: str | Promise,
    audience_of: Callable[[Any, Any], str | None],
    find: Callable[[list[str]], Model],
    open_since: Callable[[Any, Any], datetime | None] = lambda _user, _subject: None,
):
    """Register a function (subject, audience) → Composition as the composer of a kind of file."""

    def register(compose):
        composers.add(kind, Composer(subject.lower(), kind, label, compose, audience_of, find, open_since))
        return compose

    return register
