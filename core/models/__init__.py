from core.models.changes import Change
from core.models.jobs import Job
from core.models.preflight import Finding, PreflightRun, Waiver
from core.models.steps import StepTaken

__all__ = ["Change", "Finding", "Job", "PreflightRun", "StepTaken", "Waiver"]
