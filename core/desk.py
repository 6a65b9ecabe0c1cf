"""My desk: what I have to do, by when, and which rule or stop date says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class DeskItem:
    due_on: date | None
    title: str
    rule: str
    url: str
    status: str = "wait"  # ok, risk, bad, wait: shape and hue beside the label
    label: str = ""


rules: Registry[Callable[..., list[DeskItem]]] = Registry("desk rule")


def desk(name: str):
    """Register a function (user, today) → items; at most one query each."""

    def register(function):
        return rules.add(name, function)

    return register


def items_for(user, today: date) -> list[DeskItem]:
    """Return everything on somebody's desk, nearest first, undated last."""
    found = [item for rule in rules for item in rule(user, today)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or today, item.title))
