from cases.measures.services.assignments import change_assignment, give_assignment
from cases.measures.services.goals import (
    add_goal,
    add_measure,
    change_edition,
    continue_edition,
    continue_year,
)
from cases.measures.services.outcomes import Entry, Stale, clear_outcome, enter_outcome, fetch_outcome
from cases.measures.services.ratings import begin_rating, hand_over_rating, write_rating
from cases.measures.services.refusing import Refused

__all__ = [
    "Entry",
    "Refused",
    "Stale",
    "add_goal",
    "add_measure",
    "begin_rating",
    "change_assignment",
    "change_edition",
    "clear_outcome",
    "continue_edition",
    "continue_year",
    "enter_outcome",
    "fetch_outcome",
    "give_assignment",
    "hand_over_rating",
    "write_rating",
]
