"""What the frame around every page shows. No query of its own: see committee.frame."""

from django.conf import settings
from django.utils.module_loading import import_string

from core import clock


def frame(request):
    """Return the frame's context; empty for who is not logged in."""
    day = clock.today() if settings.DEMO else None
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"frame": {"demo_day": day}}
    return {"frame": {"demo_day": day, **import_string(settings.FRAME)(request)}}
