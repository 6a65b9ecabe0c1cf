from cases.register.forms.actions import ActionForm, AnswerFormSet, PlannedActionFormSet
from cases.register.forms.documents import (
    SECRET_HELP,
    AroundForm,
    AttachmentChangeForm,
    AttachmentForm,
    CaseForm,
    DocumentForm,
    FactForm,
    OpenCaseForm,
    OutsideBasisFormSet,
    RecipientFormSet,
    SectionShareFormSet,
    staff_of,
)

__all__ = [
    "SECRET_HELP",
    "ActionForm",
    "AnswerFormSet",
    "AroundForm",
    "AttachmentChangeForm",
    "AttachmentForm",
    "CaseForm",
    "DocumentForm",
    "FactForm",
    "OpenCaseForm",
    "OutsideBasisFormSet",
    "PlannedActionFormSet",
    "RecipientFormSet",
    "SectionShareFormSet",
    "staff_of",
]
