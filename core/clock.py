"""What day it is. The demo stands still on one day; everything else follows the wall."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today's date in the municipality's time zone."""
    return settings.TODAY or timezone.localdate()
