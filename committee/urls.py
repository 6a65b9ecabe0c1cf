from django.urls import path

from committee import views

app_name = "committee"
urlpatterns = [
    path("people/", views.PeopleList.as_view(), name="people"),
    path("people/new/", views.Appoint.as_view(), name="appoint"),
    path("people/<int:pk>/end/", views.EndMembership.as_view(), name="end-membership"),
    path("accent/<slug:slug>.css", views.Accent.as_view(), name="accent"),
]
