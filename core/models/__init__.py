from core.models.changes import Change
from core.models.importing import CodeMapping, ColumnMapping, ImportRun, ImportSource
from core.models.jobs import Job
from core.models.preflight import Finding, PreflightRun, Waiver
from core.models.reminders import Reminding
from core.models.steps import StepTaken
from core.models.tables import TableFile

__all__ = [
    "Change",
    "CodeMapping",
    "ColumnMapping",
    "Finding",
    "ImportRun",
    "ImportSource",
    "Job",
    "PreflightRun",
    "Reminding",
    "StepTaken",
    "TableFile",
    "Waiver",
]
