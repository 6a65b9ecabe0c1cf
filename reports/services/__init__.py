from reports.services.ahead import look, touch, warm
from reports.services.evicting import evict
from reports.services.failing import FileFailed, PartFailed
from reports.services.parts import give_up, render_part
from reports.services.renditions import (
    is_under_way,
    make,
    make_ready,
    make_together,
    request_rendition,
    under_way,
    withhold,
)

__all__ = [
    "FileFailed",
    "PartFailed",
    "evict",
    "give_up",
    "is_under_way",
    "look",
    "make",
    "make_ready",
    "make_together",
    "render_part",
    "request_rendition",
    "touch",
    "under_way",
    "warm",
    "withhold",
]
