from django.urls import path

from committee import views

app_name = "committee"
urlpatterns = [
    path("accent/<slug:slug>.css", views.Accent.as_view(), name="accent"),
]
