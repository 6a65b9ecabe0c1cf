"""Background work: started on commit, held by lease, given back by a sweeper.

A worker that takes a job holds it for LEASE and renews while it works. A worker that dies stops
renewing, and the sweeper (every ten seconds) lets another one have the job, so that no work waits
longer than a minute for the dead. Job functions are idempotent: the same content, the same file.
"""

from core.jobs.kinds import JobCancelled, JobFailed, JobLost, Kind, job, kinds
from core.jobs.minding import HINT_AGAIN, cancel, retry, sweep
from core.jobs.rows import run_row
from core.jobs.running import BACKOFF, HEARTBEAT, LEASE, MAX_ATTEMPTS, Run, claim, run, tell, wake
from core.jobs.starting import Task, start, start_all

__all__ = [
    "BACKOFF",
    "HEARTBEAT",
    "HINT_AGAIN",
    "LEASE",
    "MAX_ATTEMPTS",
    "JobCancelled",
    "JobFailed",
    "JobLost",
    "Kind",
    "Run",
    "Task",
    "cancel",
    "claim",
    "job",
    "kinds",
    "retry",
    "run",
    "run_row",
    "start",
    "start_all",
    "sweep",
    "tell",
    "wake",
]
