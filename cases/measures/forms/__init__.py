"""What is asked of people about goals and measures."""

from cases.measures.forms.fields import steps_of
from cases.measures.forms.outcomes import MyMeasureForm, OutcomeForm
from cases.measures.forms.setup import (
    AdoptedEditionForm,
    AssignmentForm,
    EditionForm,
    RatingForm,
    TargetForm,
)

__all__ = [
    "AdoptedEditionForm",
    "AssignmentForm",
    "EditionForm",
    "MyMeasureForm",
    "OutcomeForm",
    "RatingForm",
    "TargetForm",
    "steps_of",
]
