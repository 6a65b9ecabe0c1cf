"""Choices too many to list: what is chosen, the likeliest few, and what is sought by number or words."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.db.models import Case, Model, Q, When
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils.translation import gettext as _

MOST = 8  # that are shown beside those that are chosen
FIND = "find_"  # before a field's name: what is sought in it


class Offered(ModelChoiceIterator):
    """Lists what is offered; what may be chosen is still the field's whole queryset."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.field.offered:
            yield self.choice(row)

    def __len__(self):
        return len(self.field.offered) + (self.field.empty_label is not None)


class Sought:
    """What fields with many choices have in common. Their queryset's `matching(words)` is what is found."""

    iterator = Offered
    offered: Sequence[Model] = ()
    told: Any = ""  # what is said below them
    find_label: Any = ""  # of the box to search in
    none_found: Any = ""
    narrowed: Any = ""  # said when only what is likely is offered, and when nothing is
    none_likely: Any = ""
    narrows: tuple[
        str, ...
    ] = ()  # ids of the fields in which other things are likely when one is chosen here

    def offer(self, chosen: Sequence[str], words: str = "", likely: Q | None = None) -> None:
        """Offer what is chosen and, up to a few, what the words find; without words what is likely. One query."""
        rows = self.queryset  # type: ignore[attr-defined]  # this stands beside a field of models
        found = rows.matching(words) if words else rows.filter(likely or Q())
        first = [Case(When(pk__in=chosen, then=0), default=1)] if chosen else []
        both = rows.filter(Q(pk__in=chosen) | Q(pk__in=found.order_by().values("pk")))
        shown = len(chosen) + MOST
        some = list(both.order_by(*first, *rows.query.order_by)[: shown + 1])
        self.offered = some[:shown]
        has_found = any(str(row.pk) not in chosen for row in some)
        if words and not has_found:
            self.told = self.none_found
        elif likely and not words:
            self.told = self.narrowed if has_found or chosen else self.none_likely
        elif len(some) > shown:
            self.told = _("There are more: search for them by number or title.")


class SoughtField(Sought, forms.ModelChoiceField):
    widget = forms.RadioSelect


class SoughtManyField(Sought, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class SeekingMixin:
    """A form with such fields. What the page asks for while somebody searches stands in the address (`sought`)."""

    def __init__(self, *args, sought: QueryDict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sought = sought or QueryDict()

    def chosen(self, name: str) -> list[str]:
        """Return the keys that are chosen in a field, as the page has them now."""
        if FIND + name in self.sought:
            keys = _keys(self.sought.getlist(name))
            is_many = isinstance(self.fields[name], SoughtManyField)  # type: ignore[attr-defined]
            self.initial[name] = keys if is_many else next(iter(keys), None)  # type: ignore[attr-defined]
            return keys
        value = self[name].value()  # type: ignore[index]
        return _keys(value if isinstance(value, list | tuple) else [value])

    def words(self, name: str) -> str:
        return self.sought.get(FIND + name, "").strip()[:200]


def _keys(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values if str(value).isdecimal()]


def sought(name: str) -> Field:
    """Return a field with many choices as a form lays it out."""
    return Field(name, template="core/_sought.html")
