from committee.models.areas import OperatingArea, TargetArea
from committee.models.bodies import Body, Municipality
from committee.models.meetings import Meeting, MeetingDeadline
from committee.models.people import Membership, Person, Role, in_few_words
from committee.models.periods import Period
from committee.models.years import InYears, InYearsQuerySet, years_in_order

__all__ = [
    "Body",
    "InYears",
    "InYearsQuerySet",
    "Meeting",
    "MeetingDeadline",
    "Membership",
    "Municipality",
    "OperatingArea",
    "Period",
    "Person",
    "Role",
    "TargetArea",
    "in_few_words",
    "years_in_order",
]
