"""What is asked of who rates, and of who decides what is measured."""

from crispy_forms.layout import HTML, Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.measures import thresholds
from cases.measures.forms.fields import NumberField, StepField, steps_of
from cases.measures.models import Assignment, Goal, MeasureEdition, Standing
from cases.measures.models.held import DECIDED
from committee.permissions import staff_of
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers
from core.richtext.fields import RichTextFormField


class RatingForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """How something is rated, and why."""

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
        steps = steps_of(rating.period, rating.level)
        self.fields["given"] = StepField(steps, label=_("Rating"), blank=_("Choose …"))
        self.initial = {
            "given": rating.given_id,
            "reason": rating.reason,
            "analysis": rating.analysis,
            "version": rating.version,
        }


class EditionForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """What a measure is in one year."""

    save_label = _("Save the measure")
    target = NumberField(label=_("Target value"), required=False, percent=True)
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
        return {name: self.cleaned_data[name] for name in names} | {"parts": parts, "thresholds": self.marks}

    @property
    def marks(self):
        """The thresholds as they were written, by what they stand for."""
        return {standing: self.cleaned_data[standing] for standing in Standing.values}


class AdoptedEditionForm(EditionForm):
    """What may still be put right of a measure in a year that is adopted."""

    rows = (
        "definition",
        Row(Column("decimals"), Column("forecast_rule")),
        Row(Column("numerator"), Column("denominator")),
        Row(Column("split"), Column("free_parts")),
        "responsible",
        "change_reason",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {*DECIDED, *Standing.values} & self.fields.keys():
            del self.fields[name]

    @property
    def marks(self):
        return None


class TargetForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """Another target for a measure of an adopted year, with why."""

    save_label = _("Propose")
    rows = ("target", Row(Column("met"), Column("near"), Column("missed")), "reason")
    met = forms.CharField(label=_("Met at"), required=False, max_length=60)
    near = forms.CharField(label=_("Near at"), required=False, max_length=60)
    missed = forms.CharField(label=_("Missed at"), required=False, max_length=60)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, edition, proposed, **kwargs):
        super().__init__(*args, **kwargs)
        percent = edition.unit == MeasureEdition.Unit.PERCENT
        self.fields["target"] = NumberField(label=_("Target value"), required=False, percent=percent)
        marked = list(edition.thresholds.all())
        held = {standing: thresholds.written(marked, standing) for standing in Standing.values}
        self.initial = {"target": edition.target, **held}
        if proposed:
            self.initial |= {"target": proposed.target, "reason": proposed.reason, **proposed.thresholds}

    @property
    def marks(self):
        return {standing: self.cleaned_data[standing] for standing in Standing.values}


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
