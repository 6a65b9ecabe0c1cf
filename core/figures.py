"""Figures: values placed inside prose as references, never as digits.

A figure is registered by the app that knows the value. It answers in batches: one call, and one
query, for all references to it in a document. How the value reads in the sentence is its form.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from core import formats
from core.registry import Registry
from core.richtext.references import FigureRef

Subjects = Mapping[str, Model]  # such as {"committee.period": …, "register.case": …}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: what it is, what says so, of when and by whom. Shown when somebody asks."""

    label: str
    source: str = ""
    url: str = ""
    at: str = ""  # ISO date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is stored: unrounded, in its own unit."""

    value: Any
    unit: str = ""
    origin: Origin | None = None


Form = Callable[[Value], str]


@dataclass(frozen=True, slots=True)
class NoArgs:
    pass


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice in the writer's list of values."""

    label: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    subject: str
    label: str | Promise
    args: type
    forms: Mapping[str, Form]
    compute: Callable[[Any, list[Any]], list[Value | None]]
    is_words: bool
    offers: Callable[[Any], Iterable[Offer]]

    @property
    def where(self) -> str:
        return f"of {self.subject} · forms: {', '.join(self.forms)}"

    @property
    def default_form(self) -> str:
        return next(iter(self.forms))

    def read_args(self, ref: FigureRef) -> Any | None:
        """Return the reference's arguments as the figure's own; None when they do not fit."""
        given = {key: value for key, value in ref.args if key != "form"}
        known = {field.name for field in fields(self.args)}
        try:
            return self.args(**given) if given.keys() <= known else None
        except TypeError:
            return None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference came to: the words for the sentence, the value and where it is from."""

    name: str
    text: str
    value: Any  # JSON
    unit: str
    origin: Mapping[str, str]


figures: Registry[Figure] = Registry("figure")

TEXT: Mapping[str, Form] = {"plain": lambda value: str(value.value)}
COUNT: Mapping[str, Form] = {
    "plain": lambda value: formats.number(value.value),
    "words": lambda value: formats.count_in_words(int(value.value)),
}
DATE: Mapping[str, Form] = {
    "long": lambda value: formats.long_date(value.value),
    "iso": lambda value: formats.iso(value.value),
    "weekday": lambda value: formats.weekday_date(value.value),
}
MONEY: Mapping[str, Form] = {
    "words": lambda value: formats.money_in_words(value.value),
    "kr": lambda value: formats.money(value.value),
    "tkr": lambda value: formats.money(value.value, "tkr"),
    "mkr": lambda value: formats.money(value.value, "mkr"),
    "absolute": lambda value: formats.money_in_words(abs(value.value)),
    "absolute_tkr": lambda value: formats.money(abs(value.value), "tkr"),
    "absolute_mkr": lambda value: formats.money(abs(value.value), "mkr"),
    "sign": lambda value: formats.surplus_or_deficit(value.value),
    "change": lambda value: formats.higher_or_lower(value.value),
}


def figure(
    name: str,
    *,
    subject: str,
    label: str | Promise,
    args: type = NoArgs,
    forms: Mapping[str, Form] = TEXT,
    is_words: bool = False,
    offers: Callable[[Any], Iterable[Offer]] | None = None,
):
    """Register a figure: a function from its subject and a batch of arguments to as many values.

    One that `is_words`, such as a rating, may be written in one's own words and be watched nevertheless.
    """

    def register(compute):
        offered = offers or (lambda _subject: [Offer(str(label))])
        figures.add(name, Figure(name, subject.lower(), label, args, forms, compute, is_words, offered))
        return compute

    return register


def resolve(refs: Iterable[FigureRef], subjects: Subjects) -> dict[FigureRef, Resolved | None]:
    """Return what each reference comes to; None for one that leads nowhere."""
    by_figure: dict[str, list[FigureRef]] = defaultdict(list)
    found: dict[FigureRef, Resolved | None] = {}
    for ref in refs:
        found[ref] = None
        if ref.name in figures and figures[ref.name].subject in subjects:
            by_figure[ref.name].append(ref)
    for name, batch in by_figure.items():
        found |= _compute(figures[name], list(dict.fromkeys(batch)), subjects)
    return found


def _compute(figure: Figure, refs: list[FigureRef], subjects: Subjects) -> dict[FigureRef, Resolved | None]:
    asked = [(ref, args) for ref in refs if (args := figure.read_args(ref)) is not None]
    values = figure.compute(subjects[figure.subject], [args for _ref, args in asked])
    return {ref: _put(figure, ref, value) for (ref, _args), value in zip(asked, values, strict=True)}


def _put(figure: Figure, ref: FigureRef, value: Value | None) -> Resolved | None:
    form = figure.forms.get(ref.form or figure.default_form)
    if value is None or value.value is None or form is None:
        return None
    return Resolved(
        name=figure.name,
        text=form(value),
        value=_canonical(value.value),
        unit=value.unit,
        origin=asdict(value.origin) if value.origin else {},
    )


def _canonical(value: Any) -> Any:
    """Return a value as JSON, so that equal values are equal; one of several numbers holds them as numbers."""
    if isinstance(value, Mapping):
        return {key: _within(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_within(one) for one in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _within(value: Any) -> Any:
    return value if isinstance(value, int) else _canonical(value)


def choices(subjects: Subjects) -> list[dict[str, Any]]:
    """List every value that a writer may place in a text about these subjects, in all its forms.

    Each has `value` and `unit` as they are stored, and `own` when one may write it in words of one's own.
    """
    rows = [
        (figure, offer)
        for _name, figure in figures.items()
        if figure.subject in subjects
        for offer in figure.offers(subjects[figure.subject])
    ]
    refs = {
        (index, form): FigureRef(figure.name, tuple(sorted({**offer.args, "form": form}.items())), form)
        for index, (figure, offer) in enumerate(rows)
        for form in figure.forms
    }
    found = resolve(refs.values(), subjects)
    listed = [
        _choice(figure, offer, [(form, found[refs[index, form]]) for form in figure.forms])
        for index, (figure, offer) in enumerate(rows)
    ]
    # What has no value yet cannot be placed.
    return [choice for choice in listed if choice["forms"]]


def _choice(figure: Figure, offer: Offer, forms: list[tuple[str, Resolved | None]]) -> dict[str, Any]:
    known = next((resolved for _form, resolved in forms if resolved), None)
    return {
        "name": figure.name,
        "args": dict(offer.args),
        "label": str(offer.label),
        "group": str(figure.label),
        "value": known.value if known else "",
        "unit": known.unit if known else "",
        "own": figure.is_words,
        "forms": [{"form": form, "text": resolved.text} for form, resolved in forms if resolved],
    }
