from django.urls import path

from committee.views import house, people, periods

app_name = "committee"
urlpatterns = [
    path("people/", people.PeopleList.as_view(), name="people"),
    path("people/new/", people.Appoint.as_view(), name="appoint"),
    path("people/<int:pk>/end/", people.EndMembership.as_view(), name="end-membership"),
    path("periods/", periods.PeriodList.as_view(), name="periods"),
    path("periods/new/", periods.PlanYear.as_view(), name="plan-year"),
    path("periods/<int:pk>/step/<slug:step>/", periods.PeriodStep.as_view(), name="period-step"),
    path("periods/<int:pk>/remove/", periods.PeriodRemove.as_view(), name="period-remove"),
    path("committee/", house.BodyUpdate.as_view(), name="body"),
    path("municipality/", house.MunicipalityUpdate.as_view(), name="municipality"),
    path("accent/<slug:slug>.css", people.Accent.as_view(), name="accent"),
]
