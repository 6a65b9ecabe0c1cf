"""What is asked of people about people."""

from functools import partial

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee import services
from committee.models import Body, MeetingDeadline, Membership, Municipality, Period, Role
from core import clock
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers


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


MONTH_CHOICES = [(number, capfirst(name)) for number, name in MONTHS.items()]


DaysField = partial(forms.IntegerField, min_value=0, max_value=180)


class PlanYearForm(CrispyMixin, forms.Form):
    """Which periods a year has, and how many days after its end each is due."""

    save_label = _("Add the year's periods")
    rows = (
        "year",
        Row(Column("interim"), Column("interim_days")),
        Row(Column("first_ends"), Column("second_ends")),
        Row(Column("has_year"), Column("year_days")),
        Row(Column("month"), Column("month_days")),
        Row(Column("quarter"), Column("quarter_days")),
    )

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    interim = forms.BooleanField(label=_("Interim reports 1 and 2"), required=False)
    first_ends = forms.TypedChoiceField(
        label=_("Interim report 1, until and including"), choices=MONTH_CHOICES, coerce=int
    )
    second_ends = forms.TypedChoiceField(
        label=_("Interim report 2, until and including"), choices=MONTH_CHOICES, coerce=int
    )
    has_year = forms.BooleanField(label=_("Full year"), required=False)
    month = forms.BooleanField(label=_("Twelve months"), required=False)
    quarter = forms.BooleanField(label=_("Four quarters"), required=False)
    interim_days = DaysField(label=_("Stop date of interim reports, days after their end"))
    year_days = DaysField(label=_("Stop date of the full year, days after its end"))
    month_days = DaysField(label=_("Stop date of months, days after their end"))
    quarter_days = DaysField(label=_("Stop date of quarters, days after their end"))

    def __init__(self, *args, pattern, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {
            "first_ends": pattern.interim_ends[0],
            "second_ends": pattern.interim_ends[1],
            **{FIELDS[kind]: kind in pattern.kinds for kind in FIELDS},
            **{f"{kind.value}_days": pattern.days[kind] for kind in FIELDS},
        } | self.initial

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in FIELDS.values()):
            self.add_error("interim", _("Choose what the year is divided into."))
        if cleaned.get("interim") and cleaned.get("second_ends", 13) <= cleaned.get("first_ends", 0):
            self.add_error("second_ends", _("The second report ends after the first."))
        return cleaned

    @property
    def pattern(self):
        """Return what was chosen as the service takes it."""
        told = self.cleaned_data
        return services.Pattern(
            kinds=frozenset(kind for kind, name in FIELDS.items() if told[name]),
            interim_ends=(told["first_ends"], told["second_ends"]),
            days={kind: told[f"{kind.value}_days"] for kind in FIELDS},
        )


# The field of each kind; “year” itself is which year.
FIELDS = {
    Period.Kind.INTERIM: "interim",
    Period.Kind.YEAR: "has_year",
    Period.Kind.MONTH: "month",
    Period.Kind.QUARTER: "quarter",
}


class StopDatesForm(forms.Form):
    """The stop dates of several periods, each in its row; those of closed ones stand still."""

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.periods = {f"due_{period.pk}": period for period in periods}
        for name, period in self.periods.items():
            label = _("Stop date of %s") % period
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                initial=period.due_on,
                disabled=not period.is_open,
                widget=DateInput(attrs={"class": "form-control form-control-sm", "aria-label": label}),
            )

    def clean(self):
        cleaned = super().clean()
        for name, period in self.periods.items():
            if (due_on := cleaned.get(name)) and due_on < period.starts_on:
                self.add_error(name, _("The stop date is before the period begins."))
        return cleaned

    @property
    def due_on(self):
        """Return the stop dates by the periods' keys."""
        return {period.pk: self.cleaned_data[name] for name, period in self.periods.items()}

    @property
    def lines(self):
        """Return each period with the field of its date."""
        return [(period, self[name]) for name, period in self.periods.items()]


class MunicipalityForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """What stands on the municipality's papers."""

    rows = (
        Row(Column("name"), Column("organisation_number")),
        "department",
        Row(Column("address"), Column("visiting_address")),
        Row(Column("phone"), Column("web")),
        Row(Column("house_style"), Column("accent")),
        Row(Column("numbers"), Column("number_format")),
    )

    class Meta:
        model = Municipality
        fields = (
            "name organisation_number department address visiting_address phone web house_style accent"
            " numbers number_format"
        ).split()
        widgets = {"accent": forms.TextInput(attrs={"type": "color", "class": "form-control-color"})}
        help_texts = {
            "number_format": _(
                "In the place of {prefix} comes the committee's short name, of {year} the year and of {number} the"
                " running number; {number:05d} writes it with five digits. So {prefix}/{year}:{number:05d} becomes"
                " SN/2023:00183, and {prefix}{year}/{number} becomes SN2023/183."
            ),
            "accent": _("White text has to be readable on it."),
        }


class BodyForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """What a committee is called, where it meets, and how long before a meeting things are due."""

    class Meta:
        model = Body
        fields = ["name", "kind", "prefix", "usual_place", "summons_days", "rules_reference"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in MeetingDeadline.Kind:
            days = self.instance.deadline_offsets.get(kind.value)
            self.fields[kind.value] = forms.IntegerField(
                label=(
                    _("%(what)s, days after the meeting")
                    if kind in AFTER
                    else _("%(what)s, days before the meeting")
                )
                % {"what": kind.label},
                min_value=0,
                max_value=180,
                required=False,
                initial=None if days is None else abs(days),
                help_text=_("Empty: no such stop date."),
            )

    def save(self, commit=True):
        told = {kind: self.cleaned_data[kind.value] for kind in MeetingDeadline.Kind}
        self.instance.deadline_offsets = {
            kind.value: -days if kind in AFTER else days for kind, days in told.items() if days is not None
        }
        return super().save(commit)


AFTER = frozenset({MeetingDeadline.Kind.ADJUSTMENT})
