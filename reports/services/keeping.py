"""Kept files, wherever the storage has them: named, fetched whole or not at all."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from reports.models import PartFile, Rendition


def new_name(content: str) -> str:
    """Return a name that nobody else writes to at the same time: a bucket would let the later one overwrite."""
    return f"{content}-{uuid4().hex[:12]}.pdf"


def is_whole(kept: PartFile | Rendition) -> bool:
    """Say whether the kept file is still there, byte for byte; else it is made again."""
    try:
        return _digest(_chunks(kept)) == kept.sha256
    except FileNotFoundError:
        return False


def fetch(kept: PartFile | Rendition, copy: Path) -> bool:
    """Copy the kept file to this machine; return whether it was there, byte for byte."""
    try:
        with copy.open("wb") as target:
            return _digest(_written(_chunks(kept), target)) == kept.sha256
    except FileNotFoundError:
        return False


def _chunks(kept: PartFile | Rendition) -> Iterator[bytes]:
    with kept.file.storage.open(str(kept.file.name)) as stored:
        yield from stored.chunks()


def _written(chunks: Iterator[bytes], target) -> Iterator[bytes]:
    for chunk in chunks:
        target.write(chunk)
        yield chunk


def _digest(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
