from django.urls import path

from committee.views import people

app_name = "committee"
urlpatterns = [
    path("people/", people.PeopleList.as_view(), name="people"),
    path("people/new/", people.Appoint.as_view(), name="appoint"),
    path("people/<int:pk>/end/", people.EndMembership.as_view(), name="end-membership"),
    path("accent/<slug:slug>.css", people.Accent.as_view(), name="accent"),
]
