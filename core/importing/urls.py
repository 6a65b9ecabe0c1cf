from django.urls import path, re_path

from core.importing import views

app_name = "importing"
urlpatterns = [
    path("", views.ImportList.as_view(), name="list"),
    path("<int:pk>/", views.ShowRun.as_view(), name="run"),
    path("<int:pk>/columns/", views.Columns.as_view(), name="columns"),
    path("<int:pk>/codes/", views.CodesPage.as_view(), name="codes"),
    re_path(r"^(?P<pk>\d+)/(?P<act>apply|back|drop)/$", views.Act.as_view(), name="act"),
    path("<str:target>/<int:pk>/", views.Begin.as_view(), name="begin"),
]
