from cases.measures.judging import SHAPES, Standing
from cases.measures.models.adoptions import Adoption, TargetChange
from cases.measures.models.assignments import Assignment
from cases.measures.models.goals import CouncilGoal, Goal
from cases.measures.models.measures import Measure, MeasureEdition, Threshold
from cases.measures.models.outcomes import Outcome
from cases.measures.models.ratings import Rating
from cases.measures.models.scales import Level, RatingStep

__all__ = [
    "SHAPES",
    "Adoption",
    "Assignment",
    "CouncilGoal",
    "Goal",
    "Level",
    "Measure",
    "MeasureEdition",
    "Outcome",
    "Rating",
    "RatingStep",
    "Standing",
    "TargetChange",
    "Threshold",
]
