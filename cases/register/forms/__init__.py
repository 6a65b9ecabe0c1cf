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
)
from cases.register.forms.templates import RequirementFormSet, SectionPlanForm, TemplateForm

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
    "RequirementFormSet",
    "SectionPlanForm",
    "SectionShareFormSet",
    "TemplateForm",
]
