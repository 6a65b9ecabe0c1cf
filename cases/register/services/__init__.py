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
from cases.register.services.sections import (
    NothingWritten,
    finish_section,
    reopen_section,
    share_sections,
)
from cases.register.services.touched import (
    by_owner,
    has_turned,
    mail_touched,
    readable,
    touched,
    written_about,
)

__all__ = [
    "BadNumber",
    "ClausesChanged",
    "Conflict",
    "NotAcceptable",
    "NotToDiscard",
    "NothingWritten",
    "PersonalNumberFound",
    "add_fact",
    "attach",
    "begin_document",
    "begin_edition",
    "by_owner",
    "change_attachment",
    "change_case",
    "change_fact",
    "describe",
    "discard_document",
    "discard_drafts",
    "edition_differences",
    "finish_section",
    "freeze",
    "has_turned",
    "judge_attachment",
    "keep_drafts",
    "mail_touched",
    "next_number",
    "open_case",
    "readable",
    "refuse_personal_numbers",
    "refused_in_drafts",
    "release",
    "reopen_section",
    "save_sections",
    "scan",
    "set_around",
    "settle",
    "share_sections",
    "touched",
    "word_clauses",
    "written_about",
]
