"""What is opened apart gives its bytes back, or dies alone and says how."""

import os
import signal
import time

import pytest

from reports.pdf import apart
from reports.pdf.errors import RendererDied, RenderError


def test_the_bytes_come_back_whole():
    assert apart.run(lambda: b"x" * 3_000_000) == b"x" * 3_000_000


def test_what_is_raised_there_is_told_here():
    with pytest.raises(RenderError, match="ZeroDivisionError"):
        apart.run(lambda: b"%d" % (1 // 0))


def test_a_crash_there_is_no_crash_here():
    with pytest.raises(RendererDied, match="SIGSEGV"):
        apart.run(lambda: os.kill(os.getpid(), signal.SIGSEGV))


def test_what_takes_too_long_is_stopped():
    started = time.monotonic()

    with pytest.raises(RendererDied, match="too long"):
        apart.run(lambda: time.sleep(30), seconds=0.1)

    assert time.monotonic() - started < 5


def test_what_takes_too_much_memory_fails_there():
    with pytest.raises(RenderError, match="MemoryError"):
        apart.run(lambda: bytes(2 * apart.MOST_MEMORY))
