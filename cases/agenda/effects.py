"""What follows from a meeting's steps."""

from cases.agenda import services
from core.effects import effect


@effect("committee.Meeting", "call")
def call(meeting, taken):
    services.call(meeting, by=taken.by)
