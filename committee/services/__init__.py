from committee.services.founding import (
    AlreadyFounded,
    Founding,
    begin_body,
    begin_municipality,
    found,
    mail_link,
    password_link,
    require_nothing_founded,
)
from committee.services.meetings import move_deadline, plan_meeting
from committee.services.people import AlreadyHeld, OwnRole, appoint, end_membership
from committee.services.periods import Pattern, move_stop_dates, pattern_of, plan_year

__all__ = [
    "AlreadyFounded",
    "AlreadyHeld",
    "Founding",
    "OwnRole",
    "Pattern",
    "appoint",
    "begin_body",
    "begin_municipality",
    "end_membership",
    "found",
    "mail_link",
    "move_deadline",
    "move_stop_dates",
    "password_link",
    "pattern_of",
    "plan_meeting",
    "plan_year",
    "require_nothing_founded",
]
