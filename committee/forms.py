"""What is asked of people about people."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import Membership, Role
from core import clock
from core.forms import CrispyMixin, DateInput


class AppointForm(CrispyMixin, forms.ModelForm):
    """Somebody gets a role in a body."""

    save_label = _("Add the person")
    rows = (
        "email",
        Row(Column("first_name"), Column("last_name")),
        "title",
        Row(Column("role"), Column("from_on")),
        Row(Column("party"), Column("place")),
    )

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The person logs in with it, and gets the summons there.")
    )
    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=60)
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=80, required=False)

    class Meta:
        model = Membership
        fields = ["role", "party", "place", "from_on"]
        labels = {"role": _("Role")}
        widgets = {"from_on": DateInput}

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.filter(municipality=body.municipality_id)
        self.fields["from_on"].initial = clock.today()
        self.fields["place"].required = False

    def clean_place(self):
        return self.cleaned_data["place"] or 0


class EndForm(CrispyMixin, forms.Form):
    """When somebody's part ends."""

    save_label = _("End it")
    to_on = forms.DateField(label=_("Last day"), widget=DateInput, initial=clock.today)
