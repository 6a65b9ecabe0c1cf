"""Where everything is. Each app keeps its own addresses."""

from django.urls import include, path

handler400 = "core.views.bad_request"

urlpatterns = [
    path("", include("core.urls")),
    path("imports/", include("core.importing.urls")),
    path("accounts/", include("config.accounts")),
    path("", include("committee.urls")),
    path("", include("reports.urls")),
    path("", include("cases.register.urls")),
    path("", include("cases.agenda.urls")),
    path("", include("cases.measures.urls")),
    path("", include("cases.finance.urls")),
]
