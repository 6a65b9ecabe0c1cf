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
    url: Callable[[object], str | None]  # of a user; None when there is nowhere to go just now
    allowed: Callable[[object], bool]


commands: Registry[Command] = Registry("command")
sources: Registry[Callable[..., list[Hit]]] = Registry("search")


def search(name: str):
    """Register a function (user, text, limit) → hits that this user may see; one query each."""

    def register(function):
        return sources.add(name, function)

    return register


def to(name: str) -> Callable[[object], str]:
    """Return the way to a named address without arguments, the same for everybody."""
    return lambda user: reverse(name)


def command(
    name: str, label: str | Promise, *, url: Callable[[object], str | None], allowed: Callable[[object], bool]
) -> None:
    """Let people begin something from the search field."""
    commands.add(name, Command(label, url, allowed))


def commands_for(user, text: str) -> list[Hit]:
    """Return the commands whose words begin as the text does."""
    wanted = text.lower().split()
    open_to = [one for one in commands if _answers(str(one.label), wanted) and one.allowed(user)]
    return [Hit(str(one.label), url, _("Do")) for one in open_to if (url := one.url(user))]


def _answers(label: str, wanted: list[str]) -> bool:
    words = label.lower().split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


def words_of(text: str) -> str:
    """Return what is sought as a database takes it: no NUL, single spaces, 200 characters at most."""
    return " ".join(text.replace("\x00", "").split())[:200]


def find(user, text: str, limit: int = PER_SOURCE) -> list[Hit]:
    """Return what the user may see of what answers to the text, in the sources' order."""
    words = words_of(text)
    if not words:
        return []
    return commands_for(user, words) + [hit for source in sources for hit in source(user, words, limit)]
