from committee.services.meetings import move_deadline, plan_meeting

__all__ = ["move_deadline", "plan_meeting"]
