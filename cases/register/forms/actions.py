"""What is asked about actions: what a plan promises, how it goes, and whether last year's were done."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.register.models import Action
from committee.models import Person
from committee.permissions import staff_of
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers

MORE_ROWS = 3  # empty rows below those that stand
MOST_ROWS = 200


class PlannedActionForm(NoPersonalNumbers, forms.Form):
    """A row of a plan. The people are listed once for the whole page."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    theme = forms.CharField(
        label=pgettext_lazy("of an action", "Theme"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control", "list": "themes"}),
    )
    title = forms.CharField(
        label=pgettext_lazy("of an action", "Activity"),
        max_length=400,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )
    responsible = forms.TypedChoiceField(
        label=_("Responsible"), empty_value=None, widget=forms.Select(attrs={"class": "form-select"})
    )
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=DateInput(attrs={"class": "form-control"})
    )
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [
            ("", _("Choose …")),
            *((key, str(one)) for key, one in people.items()),
        ]
        self.people = people

    def clean_responsible(self):
        return self.people[int(self.cleaned_data["responsible"])]


PlannedActionFormSet = forms.formset_factory(
    PlannedActionForm, extra=MORE_ROWS, max_num=MOST_ROWS, validate_max=True
)


class AnswerForm(NoPersonalNumbers, forms.Form):
    """Whether an action of last year was done, and why not."""

    pk = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=pgettext_lazy("of an action", "Done?"),
        choices=[("yes", pgettext_lazy("was it done", "Yes")), ("no", pgettext_lazy("was it done", "No"))],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = forms.CharField(
        label=_("Why it was not done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "no" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why it was not done."))
        return cleaned


AnswerFormSet = forms.formset_factory(AnswerForm, extra=0, max_num=MOST_ROWS)


class ActionForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """Who has an action now, by when, and how it goes."""

    rows = (Row(Column("responsible"), Column("due_on")), "follow_up")

    class Meta:
        model = Action
        fields = ["responsible", "due_on", "follow_up"]
        widgets = {"due_on": DateInput, "follow_up": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"due_on": _("Leave it empty for what goes on all the time.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = self.instance
        mine = Person.objects.filter(pk=action.responsible_id)
        self.fields["responsible"].queryset = (staff_of(action.body) | mine.distinct()).distinct()
