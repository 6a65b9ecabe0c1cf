from cases.register.services.around import describe, set_around
from cases.register.services.attachments import attach, change_attachment, judge_attachment, scan
from cases.register.services.cases import BadNumber, change_case, open_case, release
from cases.register.services.clauses import ClausesChanged, word_clauses
from cases.register.services.documents import (
    Conflict,
    NotToDiscard,
    begin_document,
    begin_edition,
    discard_document,
    edition_differences,
    freeze,
    save_sections,
    settle,
)
from cases.register.services.drafts import (
    PersonalNumberFound,
    discard_drafts,
    keep_drafts,
    refuse_personal_numbers,
    refused_in_drafts,
)
from cases.register.services.facts import add_fact, change_fact
from cases.register.services.files import NotAcceptable
from cases.register.services.numbers import next_number

__all__ = [
    "BadNumber",
    "ClausesChanged",
    "Conflict",
    "NotAcceptable",
    "NotToDiscard",
    "PersonalNumberFound",
    "add_fact",
    "attach",
    "begin_document",
    "begin_edition",
    "change_attachment",
    "change_case",
    "change_fact",
    "describe",
    "discard_document",
    "discard_drafts",
    "edition_differences",
    "freeze",
    "judge_attachment",
    "keep_drafts",
    "next_number",
    "open_case",
    "refuse_personal_numbers",
    "refused_in_drafts",
    "release",
    "save_sections",
    "scan",
    "set_around",
    "settle",
    "word_clauses",
]
