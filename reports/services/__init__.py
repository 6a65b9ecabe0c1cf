from reports.services.ahead import look, touch, warm
from reports.services.evicting import evict
from reports.services.failing import FileFailed, PartFailed
from reports.services.parking import let_go
from reports.services.parts import give_up, render_part
from reports.services.renditions import (
    how_it_is_made,
    latest_making,
    make,
    make_ready,
    make_together,
    request_rendition,
    withhold,
)

__all__ = [
    "FileFailed",
    "PartFailed",
    "evict",
    "give_up",
    "how_it_is_made",
    "latest_making",
    "let_go",
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
