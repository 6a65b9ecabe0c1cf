"""What the forms of kept rows have in common."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.collisions import RemembersSeen
from core.forms import CrispyMixin, NoPersonalNumbers
from core.setup.services import FIRST

FIRST_YEAR, LAST_YEAR = 1990, 2100


class KeptForm(NoPersonalNumbers, RemembersSeen, CrispyMixin, forms.ModelForm):
    """A row of a place. Fields named in `lasting` are asked for once: others refer to them."""

    lasting: tuple[str, ...] = ()
    unique_field: str | None = None  # where it is said that there is such a row already

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner
        if self.instance.pk:
            for name in self.lasting:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It stays as it is: files and texts refer to it.")

    def ask_where(self, rows, name):
        """Ask after which of the rows this one stands."""
        known = [(str(row.pk), name(row)) for row in rows if row.pk != self.instance.pk]
        self.rows = (*self.rows, "after") if self.rows else self.rows
        self.fields["after"] = forms.ChoiceField(
            label=_("Put it after"),
            required=False,
            choices=[
                ("", _("Where it is") if self.instance.pk else _("The last one")),
                (FIRST, _("Nothing: it comes first")),
                *known,
            ],
        )


class YearsForm(KeptForm):
    """A row that is in use from a year to another; both may be left open."""

    last_held = staticmethod(lambda _row: None)  # the last year that the row holds something of

    from_year = forms.IntegerField(
        label=gettext_lazy("From year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("Empty: always."),
    )
    to_year = forms.IntegerField(
        label=gettext_lazy("Until and including year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("Empty: until further notice."),
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_year"), cleaned.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("It cannot end before it begins."))
        elif last and (too_early := still_holds(self.last_held(self.instance), last)):
            self.add_error("to_year", too_early)
        return cleaned


def still_holds(held, last):
    """Say why a row cannot end with a year when it holds something of a later one; else nothing."""
    if held is None or held <= last:
        return ""
    return _("Something is entered for %s, so it can end with that year at the earliest.") % held


class EndForm(CrispyMixin, forms.Form):
    """The last year that a row is in use."""

    save_label = gettext_lazy("End it")
    to_year = forms.IntegerField(
        label=gettext_lazy("Until and including year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_to_year(self):
        if too_early := still_holds(self.held, self.cleaned_data["to_year"]):
            raise forms.ValidationError(too_early)
        return self.cleaned_data["to_year"]
