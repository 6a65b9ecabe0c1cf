from cases.register.services.around import describe, set_around
from cases.register.services.attachments import NotAcceptable, attach, change_attachment, scan
from cases.register.services.cases import BadNumber, change_case, open_case, release
from cases.register.services.documents import (
    ClausesChanged,
    Conflict,
    PersonalNumberFound,
    begin_document,
    begin_edition,
    discard_drafts,
    edition_differences,
    freeze,
    keep_drafts,
    save_sections,
    settle,
    word_clauses,
)
from cases.register.services.facts import add_fact, change_fact
from cases.register.services.numbers import next_number

__all__ = [
    "BadNumber",
    "ClausesChanged",
    "Conflict",
    "NotAcceptable",
    "PersonalNumberFound",
    "add_fact",
    "attach",
    "begin_document",
    "begin_edition",
    "change_attachment",
    "change_case",
    "change_fact",
    "describe",
    "discard_drafts",
    "edition_differences",
    "freeze",
    "keep_drafts",
    "next_number",
    "open_case",
    "release",
    "save_sections",
    "scan",
    "set_around",
    "settle",
    "word_clauses",
]
