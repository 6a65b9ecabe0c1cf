"""One search over everything that has a number or a title. Secrecy holds in each source."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.registry import Registry

PER_SOURCE = 8


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be begun from the search field by its name."""

    label: str | Promise
    url: str  # the name of an address without arguments
    allowed: Callable[[object], bool]


commands: Registry[Command] = Registry("command")
sources: Registry[Callable[..., list[Hit]]] = Registry("search")


def search(name: str):
    """Register a function (user, text, limit) → hits that this user may see; one query each."""

    def register(function):
        return sources.add(name, function)

    return register


def command(name: str, label: str | Promise, *, url: str, allowed: Callable[[object], bool]) -> None:
    """Let people begin something from the search field."""
    commands.add(name, Command(label, url, allowed))


def commands_for(user, text: str) -> list[Hit]:
    """Return the commands whose words begin as the text does."""
    wanted = text.lower().split()
    return [
        Hit(str(one.label), reverse(one.url), _("Do"))
        for one in commands
        if all(any(word.startswith(part) for word in str(one.label).lower().split()) for part in wanted)
        and one.allowed(user)
    ]


def find(user, text: str, limit: int = PER_SOURCE) -> list[Hit]:
    """Return what the user may see of what answers to the text, in the sources' order."""
    words = " ".join(text.replace("\x00", "").split())[:200]
    if not words:
        return []
    return commands_for(user, words) + [hit for source in sources for hit in source(user, words, limit)]
