from django.urls import include, path

from cases.register.models import Case
from cases.register.views import around, cases, documents, facts, reports, writing
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
    path("sections/<int:pk>/settle/", writing.SectionSettle.as_view(), name="section-settle"),
]

urlpatterns = [
    path("cases/", include(case_urls)),
    path("documents/", include(document_urls)),
    path("files/<int:pk>/", cases.AttachmentFile.as_view(), name="attachment-file"),
    path("files/<int:pk>/edit/", cases.AttachmentUpdate.as_view(), name="attachment-edit"),
]
