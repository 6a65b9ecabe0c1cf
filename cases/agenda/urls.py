from django.urls import include, path

from cases.agenda.views import items, meetings, reading

app_name = "agenda"

# /meetings/
meeting_urls = [
    path("", meetings.MeetingList.as_view(), name="meeting-list"),
    path("new/", meetings.MeetingCreate.as_view(), name="meeting-create"),
    path("next/", meetings.NextMeeting.as_view(), name="meeting-next"),
    path("<int:pk>/", meetings.MeetingDetail.as_view(), name="meeting-detail"),
    path("<int:pk>/review/", meetings.MeetingReview.as_view(), name="meeting-review"),
    path("<int:pk>/order/", items.ItemOrder.as_view(), name="item-order"),
    path("<int:pk>/items/new/", items.ItemCreate.as_view(), name="item-create"),
    path("<int:pk>/read/", reading.MeetingRead.as_view(), name="meeting-read"),
    path("<int:pk>/read/<int:item>/", reading.MeetingRead.as_view(), name="item-read"),
    path("<int:pk>/step/<slug:step>/", meetings.MeetingStep.as_view(), name="meeting-step"),
]

# /items/
item_urls = [
    path("<int:pk>/", items.ItemAddress.as_view(), name="item-detail"),
    path("<int:pk>/edit/", items.ItemUpdate.as_view(), name="item-edit"),
    path("<int:pk>/remove/", items.ItemRemove.as_view(), name="item-remove"),
    path("<int:pk>/withdraw/", items.ItemWithdraw.as_view(), name="item-withdraw"),
    path("<int:pk>/proposal/", items.ChairsProposal.as_view(), name="chairs-proposal"),
]

urlpatterns = [
    path("meetings/", include(meeting_urls)),
    path("items/", include(item_urls)),
]
