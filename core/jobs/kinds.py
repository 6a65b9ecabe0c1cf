"""What jobs there are: functions by name, each for a queue, and how they may end."""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import Job
from core.registry import Registry


class JobFailed(Exception):
    """The job cannot be done; the message says why, for who asked for it."""


class JobCancelled(Exception):
    """Somebody asked for the job to be cancelled."""


class JobLost(Exception):
    """The lease ran out and another worker has the job."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job of one name does, and where."""

    name: str
    function: Callable[..., None]
    queue: str
    retry_for: tuple[type[Exception], ...]
    in_a_row: bool  # many short ones, see `core.jobs.rows`
    given_up: Callable[..., None] | None  # told, with the job's arguments, when it cannot be done
    cancelled: Callable[[Job], None] | None  # told when it was, to take back what it has asked of others

    @property
    def where(self) -> str:
        return f"queue {self.queue} · {self.function.__module__}"


kinds: Registry[Kind] = Registry("job")


def job(
    name: str,
    *,
    queue: str = "now",
    retry_for: tuple[type[Exception], ...] = (),
    in_a_row: bool = False,
    given_up: Callable[..., None] | None = None,
    cancelled: Callable[[Job], None] | None = None,
):
    """Register a function as a job: it gets a Run and the job's own arguments."""

    def register(function):
        kinds.add(name, Kind(name, function, queue, retry_for, in_a_row, given_up, cancelled))
        return function

    return register
