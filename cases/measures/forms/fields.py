"""Fields that read what people write: numbers, yes or no, a step of the scale."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.measures.models import RatingStep
from core import formats, reading


class NumberField(forms.Field):
    """A number as people write it: `1 234,5`, `8,0 %`. What cannot be read is refused with how to mend it."""

    def __init__(self, *, percent=False, **kwargs):
        self.percent = percent
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40, "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        try:
            return reading.number(value or "", percent=self.percent)
        except reading.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else written(value)


class YesNoField(forms.TypedChoiceField):
    """Yes or no, kept as 1 or 0."""

    def __init__(self, **kwargs):
        choices = [("1", _("Yes")), ("0", _("No"))]
        super().__init__(
            choices=choices, coerce=reading.number, empty_value=None, widget=forms.RadioSelect, **kwargs
        )

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else str(int(value))


class StepField(forms.TypedChoiceField):
    """A step of the scale. `steps` are read once for all forms of a page."""

    def __init__(self, steps, *, blank, **kwargs):
        known = {str(step.pk): step for step in steps}
        choices = [("", blank), *((key, step.label) for key, step in known.items())]
        super().__init__(choices=choices, coerce=known.get, empty_value=None, required=False, **kwargs)


def written(value):
    """Write a number for a field that it is typed in: all its decimals."""
    return formats.exact(value)


def steps_of(period, level):
    """Return the steps of the scale for what is rated in a period."""
    return RatingStep.objects.filter(municipality=period.body.municipality_id, level=level, kind=period.kind)
