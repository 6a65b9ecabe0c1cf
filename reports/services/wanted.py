"""What a file is to be made of: each part with its HTML, made only when nobody knows yet what came of it."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from core.unbroken import unbroken
from reports.composing import Part
from reports.models import PartFile, PartName
from reports.pdf.engine import engine_fingerprint

# What shapes a part's HTML besides its data.
CODE = (
    "core/**/*.py",
    "committee/**/*.py",
    "cases/**/*.py",
    "reports/**/*.py",
    "templates/**/*.html",
    "locale/**/*.mo",
)


class Wanted:
    """A part of a file that is to be: its key there, what it is made from, and the hash under which it is kept."""

    def __init__(self, part: Part, *, name: str = "", known_as: str = "", **context: Any):
        self.part, self.key, self.title = part, part.key, part.title
        self.name, self.is_new = name, not known_as
        self._context = context
        self._hash, self._html = known_as, ""
        self.is_begun = False  # claimed, and the workers told of it

    @property
    def recipe(self) -> Mapping[str, Any]:
        """Of which annex it is a piece; empty for a part of our own HTML."""
        piece = self.part.piece
        if piece is None or piece.template:
            return {}
        return {"annex": self.part.annex, "suffix": piece.suffix, "level": self.part.level}

    @property
    def html(self) -> str:
        """The part's complete document; made when it is first asked for. Empty for a piece of an annex."""
        if not self._html and not self.recipe:
            self._html = page_html(self.part, **self._context)
        return self._html

    @property
    def hash(self) -> str:
        self._hash = self._hash or self._hash_now()
        return self._hash

    def _hash_now(self) -> str:
        piece = self.part.piece.fingerprint if self.part.piece and self.recipe else ""
        return hashlib.sha256(f"{engine_fingerprint()}\x1f{piece}{self.html}".encode()).hexdigest()

    def row(self) -> PartFile:
        """Return the row by which the part is claimed; from here on its hash is that of its HTML, whatever was known."""
        known, self._hash = self._hash, self._hash_now()
        if known and known != self._hash:
            PartName.objects.filter(hash=known).delete()
        return PartFile(hash=self.hash, title=self.title[:300], html=self.html, recipe=dict(self.recipe))


def all_wanted(parts: Iterable[Part]) -> list[Wanted]:
    """Return the parts as wanted; of one whose data have been seen before, no HTML is made to know its hash."""
    names = {part.key: name_of(part) for part in parts}
    known = dict(PartName.objects.filter(pk__in=names.values()).values_list("name", "hash"))
    return [Wanted(part, name=names[part.key], known_as=known.get(names[part.key], "")) for part in parts]


def remember(wanted: Iterable[Wanted]) -> None:
    """Note under which hash each is kept whose data nobody had seen."""
    PartName.objects.bulk_create(
        [PartName(name=one.name, hash=one.hash) for one in wanted if one.is_new], ignore_conflicts=True
    )


def name_of(part: Part) -> str:
    """Return the hash of all that a part's HTML is made of, without making it."""
    return hashlib.sha256(
        f"{part.fingerprint}{house_fingerprint()}{engine_fingerprint()}".encode()
    ).hexdigest()


@cache
def house_fingerprint() -> str:
    """Return the hash of our code, templates and words, as this process has loaded them."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for path in sorted(path for pattern in CODE for path in root.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def page_html(part: Part, **context: Any) -> str:
    """Return the part's complete HTML document for paper."""
    with translation.override("sv"):
        body = part.body(**context)
        page = render_to_string(
            "reports/print/_shell.html",
            {
                "part": {
                    "key": part.key,
                    "title": part.title,
                    "lang": "sv",
                    "body": body,
                    "is_chapter": part.data.get("is_chapter", False),
                    "has_cover": bool(part.data.get("cover")),
                },
                "furniture": part.furniture,
            },
        )
    return unbroken(page)
