from django.urls import path, re_path

from core import mailed, views

app_name = "core"
urlpatterns = [
    path("", views.Desk.as_view(), name="desk"),
    path("health/", views.Health.as_view(), name="health"),
    path("search/", views.Search.as_view(), name="search"),
    path("search/suggest/", views.SearchSuggest.as_view(), name="search-suggest"),
    path("jobs/tray/", views.JobTray.as_view(), name="job-tray"),
    re_path(r"^jobs/(?P<pk>\d+)/(?P<act>cancel|retry)/$", views.JobAct.as_view(), name="job-act"),
    re_path(
        r"^tables/(?P<name>[\w.-]+)/(?P<pk>\d+)\.(?P<format>csv|xlsx)$",
        views.TableDownload.as_view(),
        name="table",
    ),
    path("tables/files/<int:pk>/", views.TableFileDownload.as_view(), name="table-file"),
    path("reminders/", mailed.Reminders.as_view(), name="reminders"),
    path("reminders/off/<str:token>/", mailed.RemindersOff.as_view(), name="reminders-off"),
    path("way/<str:token>/", mailed.Way.as_view(), name="way"),
    path("findings/<int:pk>/waive/", views.Waive.as_view(), name="finding-waive"),
]
