"""What is asked of people about goals and measures."""

from crispy_forms.layout import HTML, Column, Row
from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from cases.measures import thresholds
from cases.measures.models import (
    Assignment,
    Goal,
    Level,
    MeasureEdition,
    Outcome,
    RatingStep,
    Standing,
)
from cases.measures.services import Entry
from cases.register.forms import staff_of
from core import formats, reading
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers
from core.richtext.fields import RichTextFormField
from core.richtext.plain import plain_text

AS_COMPUTED = _("As computed")


class NumberField(forms.CharField):
    """A number as people write it: `1 234,5`, `8,0 %`. What cannot be read is refused with how to mend it."""

    def __init__(self, *, percent=False, **kwargs):
        self.percent = percent
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def to_python(self, value):
        try:
            return reading.number(super().to_python(value), percent=self.percent)
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


def written(value):
    """Write a number for a field that it is typed in: all its decimals."""
    exact = value.normalize()
    return formats.number(exact, max(0, -exact.as_tuple().exponent))


def steps_of(period, level):
    """Return the steps of the scale for what is rated in a period."""
    return RatingStep.objects.filter(municipality=period.body.municipality_id, level=level, kind=period.kind)


class OutcomeForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """What a measure came to in a period, and how it is rated."""

    forecast = NumberField(
        label=_("Forecast for the full year"),
        required=False,
        help_text=_("Leave it empty to have it computed from the outcome."),
    )
    absent = forms.ChoiceField(
        label=_("No value because"),
        choices=[("", _("There is a value")), *Outcome.Absent.choices],
        required=False,
    )
    absent_reason = forms.CharField(label=_("Why there is no value"), max_length=300, required=False)
    given = forms.ModelChoiceField(
        label=_("Rating"), queryset=RatingStep.objects.none(), required=False, empty_label=AS_COMPUTED
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed when the rating is not what is computed."),
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For colleagues; it is not printed."),
    )  # fmt: skip
    evidence = forms.CharField(label=_("Where the value is from"), max_length=300, required=False)
    correction = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        required=False,
        help_text=_("The measure is marked as ready: a change is marked as corrected."),
    )

    def __init__(self, *args, edition, period, rating=None, outcomes=None, **kwargs):
        self.edition, self.period, self.rating = edition, period, rating
        outcomes = outcomes or {}
        super().__init__(*args, **kwargs)
        self._add_values(outcomes)
        self._fill(outcomes.get(""))
        self.fields["given"].queryset = steps_of(period, Level.MEASURE)
        self.fields["given"].empty_label = AS_COMPUTED
        if rating and rating.is_ready:
            del self.fields["given"], self.fields["reason"]
        else:
            del self.fields["correction"]

    def _add_values(self, outcomes):
        edition = self.edition
        if edition.is_yes_no:
            self.fields["value"] = YesNoField(label=_("Outcome"), required=False)
        else:
            self.fields["value"] = self._number(_("Outcome"))
        if edition.is_fraction:
            self.fields["value"].help_text = _("Only when the numerator and the denominator are not known.")
            self.fields["numerator"] = NumberField(label=edition.numerator, required=False)
            self.fields["denominator"] = NumberField(label=edition.denominator, required=False)
        for number, part in enumerate(edition.part_keys):
            self.fields[f"part_{number}"] = self._number(part_label(part))
            found = outcomes.get(part)
            self.initial[f"part_{number}"] = found.exact if found else None

    def _number(self, label):
        percent = self.edition.unit == MeasureEdition.Unit.PERCENT
        return NumberField(
            label=label, required=False, percent=percent, help_text=self.edition.get_unit_display()
        )

    def _fill(self, outcome):
        for name in (
            "value",
            "numerator",
            "denominator",
            "forecast",
            *"absent absent_reason comment evidence".split(),
        ):
            if outcome and name in self.fields:
                self.initial.setdefault(name, getattr(outcome, name))
        if self.rating:
            self.initial |= {"given": self.rating.given_id, "reason": self.rating.reason}

    @property
    def rows(self):
        fraction = [Row(Column("numerator"), Column("denominator"))] if self.edition.is_fraction else []
        parts = [name for name in self.fields if name.startswith("part_")]
        rated = ["given", "reason"] if "given" in self.fields else ["correction"]
        return (
            *fraction,
            "value",
            *([Row(*(Column(name) for name in parts))] if parts else []),
            "forecast",
            Row(Column("absent"), Column("absent_reason")),
            *rated,
            Row(Column("evidence"), Column("comment")),
        )

    @property
    def entry(self):
        """What was entered for the whole."""
        names = "value numerator denominator forecast absent absent_reason comment evidence".split()
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if given.get("numerator") is not None:
            given["value"] = None
        return Entry(**given)

    @property
    def parts(self):
        """What was entered for each part."""
        typed = [self.cleaned_data.get(f"part_{number}") for number in range(len(self.edition.part_keys))]
        return {part: Entry(value=value) for part, value in zip(self.edition.part_keys, typed, strict=True)}


def part_label(part):
    """Return what a part of a split measure is called."""
    return {"women": _g("Women"), "men": _g("Men")}.get(part, part)


class MyMeasureForm(OutcomeForm):
    """One measure for who reports it: the value and three lines. The rest is a click away."""

    lines = forms.CharField(
        label=_("In three lines: why, and what happens next"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("absent", "absent_reason", "comment", "evidence", "forecast"):
            del self.fields[name]
        if self.rating:
            self.initial["lines"] = plain_text(self.rating.analysis)
        if not self.may_enter:
            for name in [*self.fields]:
                if name not in ("lines", "given", "reason", "correction"):
                    del self.fields[name]
        elif self.edition.is_fraction:
            del self.fields["value"]

    @property
    def may_enter(self):
        is_year = self.period.kind == "year"
        return is_year or self.edition.cadence == MeasureEdition.Cadence.EVERY

    @property
    def first_fields(self):
        """What everybody fills in: the value and the lines."""
        parts = [name for name in self.fields if name.startswith("part_")]
        order = ["numerator", "denominator", "value", *parts, "lines", "correction"]
        return [self[name] for name in order if name in self.fields]

    @property
    def rating_fields(self):
        """What is left alone when the computed rating will do."""
        return [self[name] for name in ("given", "reason") if name in self.fields]

    @property
    def is_rating_open(self):
        """Whether the rating has to be seen: it was given, cannot be computed, or something is wrong with it."""
        can_be_computed = self.edition.is_yes_no or self.edition.target is not None
        wrong = self.is_bound and {"given", "reason"} & self.errors.keys()
        return bool(self.initial.get("given") or wrong or not can_be_computed or not self.may_enter)


class RatingForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """How something is rated, and why."""

    given = forms.ModelChoiceField(label=_("Rating"), queryset=RatingStep.objects.none(), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the rating is not what is computed."),
    )
    analysis = RichTextFormField(label=_("Analysis"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    rows = ("given", "reason", "analysis", "version")

    def __init__(self, *args, rating, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["given"].queryset = steps_of(rating.period, rating.level)
        self.initial = {
            "given": rating.given_id,
            "reason": rating.reason,
            "analysis": rating.analysis,
            "version": rating.version,
        }


class EditionForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """What a measure is in one year."""

    save_label = _("Save the measure")
    target = NumberField(label=_("Target"), required=False, percent=True)
    met = forms.CharField(label=_("Met at"), required=False, max_length=60)
    near = forms.CharField(label=_("Near at"), required=False, max_length=60)
    missed = forms.CharField(label=_("Missed at"), required=False, max_length=60)
    free_parts = forms.CharField(
        label=_("Own parts"), required=False, max_length=300, help_text=_("Separated by commas.")
    )
    rows = (
        "name",
        "definition",
        "goal",
        Row(Column("unit"), Column("decimals"), Column("direction")),
        Row(Column("cadence"), Column("forecast_rule"), Column("target")),
        HTML('<h2 class="h3">{{ form.thresholds_title }}</h2><p class="hint">{{ form.thresholds_help }}</p>'),
        Row(Column("met"), Column("near"), Column("missed")),
        Row(Column("numerator"), Column("denominator")),
        Row(Column("split"), Column("free_parts")),
        "responsible",
        Row(Column("change_reason"), Column("is_break")),
    )
    thresholds_title = _("Thresholds")
    thresholds_help = _(
        "Write them like ≥ 94, ≥ 90 och < 94, < 90. Every value has to be in one of them. "
        "Without thresholds the target and the direction decide."
    )

    class Meta:
        model = MeasureEdition
        fields = "name definition goal unit decimals direction cadence forecast_rule target".split()
        fields += "numerator denominator split responsible change_reason is_break".split()
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "numerator": _("When the value is a share: what is counted."),
            "denominator": _("Of how many."),
        }

    def __init__(self, *args, body, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = Goal.objects.filter(body=body, year=year)
        self.fields["responsible"].queryset = staff_of(body)
        marked = list(self.instance.thresholds.all()) if self.instance.pk else []
        for standing in Standing.values:
            self.initial[standing] = thresholds.written(marked, standing)
        self.initial["free_parts"] = ", ".join(self.instance.parts)

    @property
    def told(self):
        """What was written, as the service takes it."""
        names = [name for name in self.Meta.fields if name in self.cleaned_data]
        parts = [part.strip() for part in self.cleaned_data["free_parts"].split(",") if part.strip()]
        return {name: self.cleaned_data[name] for name in names} | {
            "parts": parts,
            "thresholds": {standing: self.cleaned_data[standing] for standing in Standing.values},
        }


class AssignmentForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """An assignment and how far it has come."""

    rows = (
        "title",
        Row(Column("giver"), Column("area")),
        Row(Column("responsible"), Column("due_on")),
        "comment",
    )

    class Meta:
        model = Assignment
        fields = ["title", "giver", "area", "responsible", "due_on", "comment"]
        widgets = {"due_on": DateInput, "comment": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = body.municipality.target_areas.all()
        self.fields["responsible"].queryset = staff_of(body)
