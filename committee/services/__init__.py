from committee.services.meetings import move_deadline, plan_meeting
from committee.services.people import AlreadyHeld, OwnRole, appoint, end_membership

__all__ = ["AlreadyHeld", "OwnRole", "appoint", "end_membership", "move_deadline", "plan_meeting"]
