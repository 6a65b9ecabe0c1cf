"""What other apps know of a case and its page shows: on which agenda it is, what came of it.

A hook of its own, since the register may not import those who deal with its cases, and neither the
desk (one's own work) nor the search (what answers to words) is about one case.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Line:
    """A line of facts about a case: `Meeting`: `13 June 2023, item 4`."""

    label: str
    text: str
    url: str


makers: Registry[Callable[..., list[Line]]] = Registry("line beside a case")


def beside(name: str):
    """Register a function (user, case) → lines that this user may see; at most one query each."""

    def register(function):
        return makers.add(name, function)

    return register


def lines_beside(user, case) -> list[Line]:
    return [line for maker in makers for line in maker(user, case)]
