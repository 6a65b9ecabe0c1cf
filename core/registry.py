"""The only way upward: what an app offers, found by the layers below it that never import it.

An app hooks in by a module of one of the names in HOOKS. Two entries of one name are refused
when the program starts, so that nobody wonders later which of them answered.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

from django.utils.module_loading import autodiscover_modules

HOOKS = (
    "blocks",
    "figures",
    "composers",
    "annexes",  # files that become pages of papers
    "effects",
    "preflight",
    "desk",
    "search",
    "beside",  # what stands beside a case: see cases/register/beside.py for why
    "tables",
    "imports",  # what a file can be imported into, and what watches what imports touch
    "tasks",
    "permissions",
)

T = TypeVar("T")

REGISTRIES: list["Registry"] = []


class NameTaken(Exception):
    """Two apps offer an entry of the same name."""


class NotRegistered(LookupError):
    """Nobody offers an entry of this name."""


class Registry(Generic[T]):
    """Entries of one kind by name."""

    def __init__(self, kind: str):
        self.kind = kind
        self._entries: dict[str, T] = {}
        REGISTRIES.append(self)

    def add(self, name: str, entry: T) -> T:
        """Keep the entry under its name; raises NameTaken when another has it."""
        if name in self._entries:
            raise NameTaken(f"{self.kind} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise NotRegistered(f"there is no {self.kind} {name!r}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> list[tuple[str, T]]:
        """Return the entries with their names, sorted by name."""
        return sorted(self._entries.items())


def discover() -> None:
    """Import every app's hook modules, so that their decorators have run."""
    for hook in HOOKS:
        autodiscover_modules(hook)
