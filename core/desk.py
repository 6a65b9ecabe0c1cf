"""My desk: what I have to do, by when, and which rule or stop date says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.registry import Registry

SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeskItem:
    due_on: date | None
    title: str
    rule: str
    url: str
    status: str = "wait"  # ok, risk, bad, wait: shape and hue beside the label
    label: str = ""
    details: tuple[str, ...] = ()  # what it is made of, where it is many: named in a mail


def urgency(due_on: date | None, today: date) -> tuple[str, str] | None:
    """Return (status, label) for what is late or due by tomorrow, else None."""
    if due_on is None or due_on > today + SOON:
        return None
    return ("bad", _("late")) if due_on < today else ("risk", _("soon"))


@dataclass(frozen=True, slots=True)
class DeskCard:
    """What stands beside the list: a heading, some facts, and where they are from."""

    heading: str
    when: str
    title: str
    url: str
    action: str
    facts: list[tuple[str, str]] = field(default_factory=list)


rules: Registry[Callable[..., list[DeskItem]]] = Registry("desk rule")
reminding_rules: Registry[Callable[..., list[DeskItem]]] = Registry("desk rule that reminds by mail")
card_makers: Registry[Callable[..., DeskCard | None]] = Registry("desk card")
first_pages: Registry[Callable[..., str | None]] = Registry("first page")


def desk(name: str, *, reminds: bool = False):
    """Register a function (user, today) → items; at most one query each. With `reminds` a mail tells of them too."""

    def register(function):
        if reminds:
            reminding_rules.add(name, function)
        return rules.add(name, function)

    return register


def card(name: str):
    """Register a function (user, today) → a card beside the list, or None."""

    def register(function):
        return card_makers.add(name, function)

    return register


def first_page(name: str):
    """Register a function (user, today) → the address that somebody meets instead of the desk, or None."""

    def register(function):
        return first_pages.add(name, function)

    return register


def cards_for(user, today: date) -> list[DeskCard]:
    return [made for maker in card_makers if (made := maker(user, today))]


def first_page_of(user, today: date) -> str | None:
    """Return where somebody begins, when it is not at the desk."""
    return next((url for chooser in first_pages if (url := chooser(user, today))), None)


def items_for(user, today: date) -> list[DeskItem]:
    """Return everything on somebody's desk, nearest first, undated last."""
    return _found(rules, user, today)


def items_to_remind_of(user, today: date) -> list[DeskItem]:
    """Return what of somebody's desk a mail reminds of, in the same order."""
    return _found(reminding_rules, user, today)


def _found(asked: Iterable[Callable[..., list[DeskItem]]], user, today: date) -> list[DeskItem]:
    found = [item for rule in asked for item in rule(user, today)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or today, item.title))
