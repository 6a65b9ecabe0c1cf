"""Memory that Python handles at a loss: a heap that only grows, and frames that come and go."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

ROOM = 70_000  # places of 8 bytes: more than half a mebibyte, so that Python takes a whole one


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from searching a heap that only grows: a fifth of a print's time, two thirds of a migration's."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def roomy(function: F) -> F:
    """Give a function a frame so large that the frames of all that it calls lie in one piece of memory with it.

    Python keeps frames in pieces of 16 KiB. It asks the system for the next one, and gives it back, each time that a
    call crosses the edge of a piece: to lay out a page did so 800 times, a twelfth of its time.
    """
    function.__code__ = function.__code__.replace(co_stacksize=ROOM)  # type: ignore[attr-defined]
    return function
