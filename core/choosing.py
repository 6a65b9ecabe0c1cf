"""Choices too many to list: what is chosen, the likeliest few, and what is sought by number or words.

A form has `SeekingMixin` and lays such a field out by `sought(name)`; its page has the form `core/_seek.html`, and
answers htmx with the form alone (`core/_form.html`).
"""

from crispy_forms.layout import Field
from django import forms
from django.db.models import BooleanField, Case, ExpressionWrapper, Q, When
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.search import words_of

MOST = 8  # that are shown beside those that are chosen


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
    offered = ()
    told = ""  # of what is offered
    find_label = ""  # of the box to search in
    none_found = ""
    # Said when only what is likely is offered, and when nothing is.
    narrowed = none_likely = ""
    # Ids of the fields in which other things are likely when one is chosen here.
    narrows = ()

    def offer(self, chosen, words="", likely=None):
        """Offer what is chosen and, up to a few, what the words find; without words what is likely. One query."""
        found = self.queryset.matching(words) if words else self.queryset.filter(likely or Q())
        is_found = Q(pk__in=found.order_by().values("pk"))
        first = [Case(When(pk__in=chosen, then=0), default=1)] if chosen else []
        rows = (
            self.queryset.filter(Q(pk__in=chosen) | is_found)
            .annotate(is_found=ExpressionWrapper(is_found, BooleanField()))
            .order_by(*first, *self.queryset.query.order_by)
        )
        shown = len(chosen) + MOST
        some = list(rows[: shown + 1])
        self.offered = some[:shown]
        number, has_more = sum(row.is_found for row in self.offered), len(some) > shown
        self.told = str(self._found(number, has_more) if words else self._likely(number, has_more, likely))

    def _found(self, number, has_more):
        if has_more:
            return _("There are more: write more of the number or the title.")
        said = ngettext("%(number)d is found.", "%(number)d are found.", number) % {"number": number}
        return said if number else self.none_found

    def _likely(self, number, has_more, likely):
        if has_more:
            return _("There are more: search for them by number or title.")
        return (self.narrowed if number else self.none_likely) if likely else ""


class SoughtField(Sought, forms.ModelChoiceField):
    widget = forms.RadioSelect


class SoughtManyField(Sought, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class SeekingMixin:
    """A form with such fields. While somebody searches, `sought` says what is chosen and what is typed by now."""

    def __init__(self, *args, sought=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sought = sought or {}

    def chosen(self, name):
        """Return the keys that are chosen in a field, as the page has them now."""
        if self.find(name) in self.sought:
            keys = keys_in(self.sought.getlist(name))
            is_many = isinstance(self.fields[name], SoughtManyField)
            self.initial[name] = keys if is_many else next(iter(keys), None)
            return keys
        value = self[name].value()
        return keys_in(value if isinstance(value, list | tuple) else [value])

    def words(self, name):
        return words_of(self.sought.get(self.find(name), ""))

    @staticmethod
    def find(name):
        """Return the name of the box to search a field in."""
        return f"find_{name}"


def keys_in(values):
    return [str(value) for value in values if str(value).isdecimal()]


def sought(name):
    """Return a field with many choices as a form lays it out."""
    return Field(name, template="core/_sought.html")
