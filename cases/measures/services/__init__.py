from cases.measures.services.adopting import adopt_year, adoption_of, propose_target, told
from cases.measures.services.assignments import change_assignment, give_assignment
from cases.measures.services.goals import (
    add_goal,
    add_measure,
    change_edition,
    continue_edition,
    continue_year,
    what_goes_on,
)
from cases.measures.services.outcomes import (
    Entry,
    Stale,
    check_entry,
    clear_outcome,
    enter_outcome,
    fetch_outcome,
)
from cases.measures.services.ratings import begin_rating, rated, write_rating
from cases.measures.services.refusing import Refused
from cases.measures.services.reporting import finish_all, report
from cases.measures.services.standard import begin_scale

__all__ = [
    "Entry",
    "Refused",
    "Stale",
    "add_goal",
    "add_measure",
    "adopt_year",
    "adoption_of",
    "begin_rating",
    "begin_scale",
    "change_assignment",
    "change_edition",
    "check_entry",
    "clear_outcome",
    "continue_edition",
    "continue_year",
    "enter_outcome",
    "fetch_outcome",
    "finish_all",
    "give_assignment",
    "propose_target",
    "rated",
    "report",
    "told",
    "what_goes_on",
    "write_rating",
]
