"""What is asked of people about goals and measures."""

from cases.measures.forms.fields import part_label, steps_of
from cases.measures.forms.outcomes import MyMeasureForm, OutcomeForm
from cases.measures.forms.setup import AssignmentForm, EditionForm, RatingForm

__all__ = [
    "AssignmentForm",
    "EditionForm",
    "MyMeasureForm",
    "OutcomeForm",
    "RatingForm",
    "part_label",
    "steps_of",
]
