from reports.services.ahead import look, touch, warm
from reports.services.evicting import evict
from reports.services.parts import PartFailed, render_part
from reports.services.renditions import make, make_ready, make_together, request_rendition, withhold

__all__ = [
    "PartFailed",
    "evict",
    "look",
    "make",
    "make_ready",
    "make_together",
    "render_part",
    "request_rendition",
    "touch",
    "warm",
    "withhold",
]
