"""Plain text tables, and what makes many runs one number."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import fmean, quantiles

WORK = "import time; began = time.perf_counter(); sum(n * n for n in range(5_000_000)); print(time.perf_counter() - began)"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under their heads: the first column to the left, the others to the right."""
    lines = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        _line(line, widths) for line in [lines[0], ["-" * width for width in widths], *lines[1:]]
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()


def result(**measured: float | None) -> str:
    """Return the last line; what this run did not measure says so."""
    return "RESULT " + " ".join(f"{name}={_told(value)}" for name, value in measured.items())


def _told(value: float | None) -> str:
    if value is None:
        return "unmeasured"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def percentile_95(values: Sequence[float]) -> float:
    """Return what nineteen in twenty do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def circumstances() -> str:
    """Return when and on what this is run; how busy the machine is as it begins."""
    now = datetime.now(UTC)
    return (
        f"{now:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, of which two do {worth_of_two():.1f} times the work of "
        f"one, load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def worth_of_two() -> float:
    """Return how much two processes at once do beside one alone: 2.0 on cores of their own, less on shared ones."""
    return 2 * _seconds(at_once=1) / _seconds(at_once=2)


def _seconds(at_once: int) -> float:
    command = [sys.executable, "-c", WORK]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _one in range(at_once)]
    return fmean(float(worker.communicate()[0]) for worker in workers)
