from django.urls import include, path

from cases.register.models import Case
from cases.register.views import actions, around, cases, documents, facts, reports, templates, writing
from core.views import TakeStep

app_name = "register"

# /cases/
case_urls = [
    path("", cases.CaseList.as_view(), name="case-list"),
    path("new/", cases.CaseCreate.as_view(), name="case-create"),
    path("<int:pk>/", cases.CaseDetail.as_view(), name="case-detail"),
    path("<int:pk>/edit/", cases.CaseUpdate.as_view(), name="case-edit"),
    path("<int:pk>/documents/new/", documents.DocumentCreate.as_view(), name="document-create"),
    path("<int:pk>/files/new/", cases.AttachmentCreate.as_view(), name="attachment-create"),
    path("<int:pk>/step/<slug:step>/", TakeStep.as_view(model=Case), name="case-step"),
]

# /documents/
document_urls = [
    path("<int:pk>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("<int:pk>/save/", writing.DocumentSave.as_view(), name="document-save"),
    path("<int:pk>/around/", around.DocumentAround.as_view(), name="document-around"),
    path("<int:pk>/facts/", facts.FactForDocument.as_view(), name="document-facts"),
    path("<int:pk>/facts/<int:fact>/", facts.FactForDocument.as_view(), name="fact-edit"),
    path("<int:pk>/draft/", writing.DraftSave.as_view(), name="document-draft"),
    path("<int:pk>/discard/", writing.DraftDiscard.as_view(), name="document-discard"),
    path("<int:pk>/throw-away/", writing.DocumentThrowAway.as_view(), name="document-throw-away"),
    path("<int:pk>/compare/", documents.DocumentCompare.as_view(), name="document-compare"),
    path("<int:pk>/figures/", documents.FigureChoices.as_view(), name="document-figures"),
    path("<int:pk>/typed-numbers/", documents.TypedNumbers.as_view(), name="document-typed-numbers"),
    path("<int:pk>/findings/", documents.DocumentFindings.as_view(), name="document-findings"),
    path("<int:pk>/new-edition/", documents.DocumentNewEdition.as_view(), name="document-new-edition"),
    path("<int:pk>/step/<slug:step>/", writing.DocumentStep.as_view(), name="document-step"),
    path("<int:pk>/sections/", reports.ReportShares.as_view(), name="report-shares"),
    path("<int:pk>/actions/", actions.PlanActions.as_view(), name="plan-actions"),
    path("<int:pk>/actions/carry-over/", actions.PlanCarryOver.as_view(), name="plan-carry-over"),
    path("<int:pk>/follow-up/", actions.PlanFollowUp.as_view(), name="plan-follow-up"),
    path("sections/<int:pk>/settle/", writing.SectionSettle.as_view(), name="section-settle"),
]

# /actions/
action_urls = [
    path("", actions.ActionList.as_view(), name="action-list"),
    path("<int:pk>/", actions.ActionDetail.as_view(), name="action-detail"),
    path("<int:pk>/edit/", actions.ActionUpdate.as_view(), name="action-edit"),
    path("<int:pk>/step/<slug:step>/", actions.ActionStep.as_view(), name="action-step"),
]

# /templates/
template_urls = [
    path("", templates.TemplateList.as_view(), name="template-list"),
    path("new/", templates.TemplateCreate.as_view(), name="template-create"),
    path("<int:pk>/", templates.TemplateDetail.as_view(), name="template-detail"),
    path("<int:pk>/edit/", templates.TemplateUpdate.as_view(), name="template-edit"),
    path("<int:pk>/copy/", templates.TemplateCopy.as_view(), name="template-copy"),
    path("<int:pk>/remove/", templates.TemplateRemove.as_view(), name="template-remove"),
    path("<int:pk>/law/", templates.TemplateLaw.as_view(), name="template-law"),
    path("<int:pk>/order/", templates.SectionOrder.as_view(), name="section-order"),
    path("<int:pk>/outline/", templates.TemplateOutline.as_view(), name="template-outline"),
    path("<int:pk>/sections/new/", templates.SectionCreate.as_view(), name="section-create"),
    path("sections/<int:pk>/", templates.SectionUpdate.as_view(), name="section-plan-edit"),
    path("sections/<int:pk>/remove/", templates.SectionRemove.as_view(), name="section-plan-remove"),
]

urlpatterns = [
    path("templates/", include(template_urls)),
    path("actions/", include(action_urls)),
    path("cases/", include(case_urls)),
    path("documents/", include(document_urls)),
    path("files/<int:pk>/", cases.AttachmentFile.as_view(), name="attachment-file"),
    path("files/<int:pk>/edit/", cases.AttachmentUpdate.as_view(), name="attachment-edit"),
]
