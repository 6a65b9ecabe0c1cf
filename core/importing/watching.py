"""What else an import touches: sentences that say something else afterwards.

An app that knows texts registers a Watcher: it looks before, it looks after, and it says to whom what it
saw may be shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import Registry

Touched = dict[str, Any]  # canonical JSON, shown by the watcher's own template


@dataclass(frozen=True, slots=True)
class Watcher:
    name: str
    before: Callable[[Any], Any]  # subject → whatever `after` needs
    after: Callable[[Any, Any], list[Touched]]  # (subject, what `before` gave) → what was touched
    readable: Callable[[list[Touched], Any], list[Touched]]  # those that a person may see
    tell: Callable[[list[Touched], Any], None]  # (touched, the run) → owners are told
    template: str

    @property
    def where(self) -> str:
        return self.before.__module__


watchers: Registry[Watcher] = Registry("watcher of imports")


def look(subject: Any) -> dict[str, Any]:
    return {name: watcher.before(subject) for name, watcher in watchers.items()}


def compare(subject: Any, seen: dict[str, Any]) -> dict[str, list[Touched]]:
    """Return what every watcher saw change, by its name."""
    return {name: watcher.after(subject, seen[name]) for name, watcher in watchers.items()}


def shown(texts: dict[str, list[Touched]], user: Any) -> list[tuple[Watcher, list[Touched]]]:
    """Return what this person may see of what was touched, with who shows it."""
    return [
        (watchers[name], readable)
        for name, touched in texts.items()
        if name in watchers and (readable := watchers[name].readable(touched, user))
    ]


def tell(texts: dict[str, list[Touched]], run: Any) -> None:
    for name, touched in texts.items():
        if touched:
            watchers[name].tell(touched, run)
