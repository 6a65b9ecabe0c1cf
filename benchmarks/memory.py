"""What processes take: read from /proc, as Linux counts it (a page of memory shared by two counts in both)."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PLACES = ("a worker's main process", "a worker's pool process", "a process started by a worker's pool")
TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass
class Memory:
    """Peaks in KiB: of the largest single process, and of a worker with all its children at one moment."""

    largest: int = 0
    largest_name: str = ""
    family: int = 0

    def see(self, root: int, families: Mapping[int, list[int]]) -> None:
        """Note what a worker and its descendants take now."""
        together = 0
        for pid, depth in descendants(root, families):
            status = _status(pid)
            together += _kib(status, "VmRSS")
            peak = _kib(status, "VmHWM")
            if peak > self.largest:
                self.largest, self.largest_name = peak, PLACES[min(depth, 2)]
        self.family = max(self.family, together)


def families_now() -> dict[int, list[int]]:
    """Return the children of every process on the machine that has any."""
    families: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name, in parentheses, may hold anything; after it come the state and the parent.
            parent = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
            families.setdefault(parent, []).append(int(stat.parent.name))
    return families


def descendants(root: int, families: Mapping[int, list[int]], depth: int = 0) -> Iterator[tuple[int, int]]:
    yield root, depth
    for child in families.get(root, []):
        yield from descendants(child, families, depth + 1)


def cpu_seconds(root: int, families: Mapping[int, list[int]]) -> float:
    """Return how long a process and its descendants have worked so far."""
    return sum(_ticks(pid) for pid, _depth in descendants(root, families)) / TICKS


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return 0
    return int(fields[11]) + int(fields[12])  # for itself, and in the kernel for it


def _status(pid: int | str) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return ""


def _kib(status: str, name: str) -> int:
    line = next((line for line in status.splitlines() if line.startswith(f"{name}:")), None)
    return int(line.split()[1]) if line else 0


def peak_of_self() -> int:
    """Return the most memory that this process has taken so far, in KiB."""
    return _kib(_status("self"), "VmHWM")
