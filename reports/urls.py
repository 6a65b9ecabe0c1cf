from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("renditions/<int:pk>/file/", views.RenditionFile.as_view(), name="rendition-file"),
    path(
        "renditions/<slug:kind>/<str:subject>/<int:pk>/<str:audience>/",
        views.RequestRendition.as_view(),
        name="rendition-request",
    ),
]
