from reports.services.ahead import look, touch, warm
from reports.services.evicting import evict
from reports.services.parts import PartFailed, render_part
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
    "PartFailed",
    "evict",
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
