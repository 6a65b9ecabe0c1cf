"""What a period still misses, whoever keeps it: told on the page “Who is late”."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is left to do: by whom, what, where, and until when."""

    who: str
    title: str
    url: str
    due_on: date | None


makers: Registry[Callable[..., list[Missing]]] = Registry("what a period misses")


def missing(name: str):
    """Register a function (period, user) → what is left to do in it that the user may see; one or two queries."""

    def register(function):
        return makers.add(name, function)

    return register


def missing_in(period: Any, user: Any) -> list[Missing]:
    """Return what is left to do in a period, nearest first, by name."""
    found = [one for maker in makers for one in maker(period, user)]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.who, one.title))
