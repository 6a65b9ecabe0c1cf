"""What is asked about areas, goals and the steps of the scale."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.measures.models import CouncilGoal, Goal, RatingStep
from committee.models import TargetArea
from core.setup.forms import FIRST_YEAR, LAST_YEAR, KeptForm, YearsForm


class TargetAreaForm(KeptForm):
    lasting = ("number",)
    unique_field = "number"
    rows = (Row(Column("number"), Column("name")),)

    class Meta:
        model = TargetArea
        fields = ["number", "name"]


def last_year_of(council_goal):
    """Return the last year that a committee has a goal under one of the council's, or None."""
    return council_goal.goals.aggregate(last=Max("year"))["last"] if council_goal.pk else None


class CouncilGoalForm(YearsForm):
    lasting = ("area", "number")
    unique_field = "number"
    last_held = staticmethod(last_year_of)
    from_year = forms.IntegerField(label=gettext_lazy("From year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    rows = (Row(Column("area"), Column("number")), "name", Row(Column("from_year"), Column("to_year")))

    class Meta:
        model = CouncilGoal
        fields = ["area", "number", "name", "from_year", "to_year"]
        labels = {"area": gettext_lazy("Target area")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = self.owner.municipality.target_areas.all()


class GoalForm(KeptForm):
    unique_field = "name"
    rows = ("council_goal", "name")

    class Meta:
        model = Goal
        fields = ["council_goal", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        goals = CouncilGoal.objects.filter(area__municipality=self.owner.municipality_id)
        year = self.instance.year
        in_force = Q(from_year__lte=year) & (Q(to_year=None) | Q(to_year__gte=year))
        self.fields["council_goal"].queryset = goals.filter(
            in_force | Q(pk=self.instance.council_goal_id)
        ).select_related("area")


class StepForm(KeptForm):
    """A step of the scale: its word, what it stands for, and the sentence it is printed as."""

    lasting = ("level", "kind", "key")
    unique_field = "key"
    rows = (
        Row(Column("level"), Column("kind"), Column("key")),
        Row(Column("label"), Column("standing")),
        "sentence",
    )

    class Meta:
        model = RatingStep
        fields = ["level", "kind", "key", "label", "standing", "sentence"]
        help_texts = {
            "sentence": gettext_lazy("Printed last in an analysis; {year} becomes the period's year.")
        }

    def clean_sentence(self):
        sentence = self.cleaned_data["sentence"]
        try:
            sentence.format(year=2000)
        except (KeyError, IndexError, ValueError):
            raise ValidationError(_("Of words in braces only {year} can stand here.")) from None
        return sentence
