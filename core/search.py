"""One search over everything that has a number or a title. Secrecy holds in each source."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry

PER_SOURCE = 8


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    kind: str
    detail: str = ""


sources: Registry[Callable[..., list[Hit]]] = Registry("search")


def search(name: str):
    """Register a function (user, text, limit) → hits that this user may see; one query each."""

    def register(function):
        return sources.add(name, function)

    return register


def find(user, text: str, limit: int = PER_SOURCE) -> list[Hit]:
    """Return what the user may see of what answers to the text, in the sources' order."""
    words = " ".join(text.replace("\x00", "").split())[:200]
    return [hit for source in sources for hit in source(user, words, limit)] if words else []
