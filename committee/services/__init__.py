from committee.services.founding import (
    AlreadyFounded,
    Founding,
    begin_body,
    begin_municipality,
    found,
    is_founded,
    mail_link,
    password_link,
    require_nothing_founded,
)
from committee.services.meetings import move_deadline, plan_meeting
from committee.services.people import AlreadyHeld, OwnRole, appoint, end_membership

__all__ = [
    "AlreadyFounded",
    "AlreadyHeld",
    "Founding",
    "OwnRole",
    "appoint",
    "begin_body",
    "begin_municipality",
    "end_membership",
    "found",
    "is_founded",
    "mail_link",
    "move_deadline",
    "password_link",
    "plan_meeting",
    "require_nothing_founded",
]
