from django.urls import include, path

from cases.measures.setup import SETUP
from cases.measures.views import assignments, entering, measures, ratings, tree
from core.setup.urls import urls_of

# /measures/periods/12/
period_urls = [
    path("", tree.GoalTree.as_view(), name="tree"),
    path("step/<slug:step>/", tree.PeriodStep.as_view(), name="period-step"),
    path("late/", tree.WhoIsLate.as_view(), name="late"),
    path("outcomes/", entering.OutcomeGrid.as_view(), name="grid"),
    path("finish/", entering.FinishAll.as_view(), name="finish-all"),
]
# /measures/periods/12/outcomes/34/
outcome_urls = [
    path("", entering.OutcomeEdit.as_view(), name="outcome"),
    path("fetch/", entering.FetchOutcome.as_view(), name="outcome-fetch"),
]
# /measures/ratings/12/
rating_urls = [
    path("<int:pk>/", ratings.RatingDetail.as_view(), name="rating-detail"),
    path("<int:pk>/step/<slug:step>/", ratings.RatingStep.as_view(), name="rating-step"),
    path("<int:period>/<slug:kind>/<int:key>/", ratings.BeginRating.as_view(), name="rating-begin"),
]
# /measures/assignments/
assignment_urls = [
    path("", assignments.AssignmentList.as_view(), name="assignment-list"),
    path("new/", assignments.AssignmentGive.as_view(), name="assignment-give"),
    path("<int:pk>/", assignments.AssignmentDetail.as_view(), name="assignment-detail"),
    path("<int:pk>/edit/", assignments.AssignmentUpdate.as_view(), name="assignment-edit"),
    path("<int:pk>/step/<slug:step>/", assignments.AssignmentStep.as_view(), name="assignment-step"),
]
measure_urls = [
    path("setup/scale/begin/", tree.BeginScale.as_view(), name="begin-scale"),
    path("setup/", include(urls_of(SETUP))),
    path("", tree.CurrentPeriod.as_view(), name="current"),
    path("none/", tree.NoPeriods.as_view(), name="tree-empty"),
    path("periods/<int:pk>/", include(period_urls)),
    path("periods/<int:period>/outcomes/<int:edition>/", include(outcome_urls)),
    path("mine/", entering.MyMeasures.as_view(), name="mine"),
    path("mine/<int:period>/", entering.MyMeasures.as_view(), name="mine-period"),
    path("mine/<int:period>/<int:edition>/", entering.MyMeasure.as_view(), name="mine-one"),
    path("ratings/", include(rating_urls)),
    path("assignments/", include(assignment_urls)),
    path("<int:pk>/", measures.MeasureDetail.as_view(), name="measure-detail"),
    path("editions/<int:pk>/", measures.EditionUpdate.as_view(), name="edition-edit"),
    path("editions/<int:pk>/target/", measures.TargetPropose.as_view(), name="target-propose"),
    path("new/<int:goal>/", measures.MeasureCreate.as_view(), name="measure-create"),
    path("years/<int:pk>/<int:year>/continue/", measures.ContinueYear.as_view(), name="continue-year"),
]

app_name = "measures"
urlpatterns = [path("measures/", include(measure_urls))]
