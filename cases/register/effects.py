"""What follows from a document's steps."""

from cases.register import services
from core.effects import effect
from reports.audiences import Audience
from reports.services import request_rendition


@effect("register.Document", "approve")
def freeze(document, taken):
    services.freeze(document, taken=taken)


@effect("register.Document", "approve")
def make_pinned_file(document, taken):
    request_rendition(document, "document", Audience.STAFF, by=taken.by, pin=True)
