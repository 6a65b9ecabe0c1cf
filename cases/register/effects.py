"""What follows from a document's steps."""

from cases.register import services
from core.effects import effect
from reports.audiences import Audience
from reports.services import request_rendition


@effect("register.Document", "approve")
def freeze(document, taken):
    services.freeze(document, taken=taken)


@effect("register.Document", "approve")
def make_pinned_files(document, taken):
    """One for each audience: they share their parts, and differ only where the basis holds secrets."""
    for audience in (Audience.STAFF, Audience.MEMBERS):
        request_rendition(document, "document", audience, by=taken.by, pin=True)


@effect("register.Action", "refuse")
def keep_the_reason(action, taken):
    services.settle_action(action, reason=taken.data["reason"])


@effect("register.Action", "finish")
def keep_the_day(action, taken):
    services.settle_action(action)


@effect("register.Action", "reopen")
def begin_again(action, taken):
    services.unsettle_action(action)
