"""What forms have in common."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from core import personal_numbers

DASHES = "---------"  # what Django writes for a choice that is not made


def name_the_blank(field):
    """Say in words what it is to choose nothing, where the field does not say so itself."""
    blank = _("Choose …") if field.required else _("None chosen")
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = blank
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        field.choices = [(value, blank if label == DASHES else label) for value, label in field.choices]


def without_nul(sent):
    """Return what was sent without the character that no database stores."""
    kept = sent.copy()
    for name, values in sent.lists():
        kept.setlist(name, [text.replace("\0", "") for text in values])
    return kept


class OurWords:
    """Says of a character that no database stores, and no eye sees, what to do; the form comes back without it."""

    invisible = _(
        "An invisible character in the text was taken out. See that the text is right, and save again."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = self.invisible

    def full_clean(self):
        super().full_clean()
        if self._errors and isinstance(self.data, MultiValueDict):
            self.data = without_nul(self.data)


class CrispyMixin(OurWords):
    """Lay the form out by its `rows`, with one button that says what it does."""

    rows: tuple = ()
    save_label = _("Save")
    form_id = ""  # for what on the page follows what is typed

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_the_blank(field)

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_id = self.form_id
        helper.include_media = False
        # What is amiss is said by us, in the page's language and all at once.
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*(self.rows or self.fields), Submit("save", self.save_label))
        return helper


class NoPersonalNumbers(OurWords):
    """Refuses personal numbers in whatever is typed, at the field where they stand."""

    number_stands = _("A personal number (%s) stands in the text. Take it out.")

    def clean(self):
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and (found := next(personal_numbers.find(value), None)):
                self.add_error(name, self.number_stands % personal_numbers.hide(found))
        return cleaned


class ReasonForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """Asks why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
