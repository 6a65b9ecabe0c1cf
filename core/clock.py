"""What day it is. The demo stands still on one day; everything else follows the wall."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today's date in the municipality's time zone."""
    return settings.TODAY or timezone.localdate()


def day_of(day: date | datetime) -> date:
    """Return the day that a moment falls on in the municipality's time zone; a date as it is."""
    if not isinstance(day, datetime):
        return day
    return timezone.localdate(day) if timezone.is_aware(day) else day.date()
