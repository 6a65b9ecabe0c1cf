from cases.register.services.attachments import NotAcceptable, attach, scan
from cases.register.services.cases import BadNumber, change_case, open_case, release
from cases.register.services.documents import (
    Conflict,
    PersonalNumberFound,
    begin_document,
    begin_edition,
    edition_differences,
    freeze,
    keep_draft,
    save_sections,
    settle,
    word_clauses,
)
from cases.register.services.numbers import next_number

__all__ = [
    "BadNumber",
    "Conflict",
    "NotAcceptable",
    "PersonalNumberFound",
    "attach",
    "begin_document",
    "begin_edition",
    "change_case",
    "edition_differences",
    "freeze",
    "keep_draft",
    "next_number",
    "open_case",
    "release",
    "save_sections",
    "scan",
    "settle",
    "word_clauses",
]
