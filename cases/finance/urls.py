from django.urls import include, path

from cases.finance.setup import SETUP
from cases.finance.views import around, budgets, counting, entering, periods
from core.setup.urls import urls_of

app_name = "finance"

# /finance/periods/
period_urls = [
    path("<int:pk>/", periods.PeriodEconomy.as_view(), name="period-detail"),
    path("<int:pk>/amounts/<slug:cut>/", entering.AmountGrid.as_view(), name="amount-grid"),
    path("<int:pk>/amounts/<slug:cut>/<str:row>/", entering.AmountRow.as_view(), name="amount-row"),
    path("<int:pk>/numbers/<slug:table>/", counting.CountGrid.as_view(), name="count-grid"),
    path("<int:pk>/numbers/<slug:table>/<str:row>/", counting.CountRow.as_view(), name="count-row"),
    path(
        "<int:pk>/explanations/<slug:list>/new/",
        around.ExplanationCreate.as_view(),
        name="explanation-create",
    ),
    path("<int:pk>/grants/<slug:kind>/new/", around.GrantCreate.as_view(), name="grant-create"),
    path("<int:pk>/tables/new/", around.FreeTableCreate.as_view(), name="free-table-create"),
    path("<int:pk>/<slug:section>/", periods.PeriodEconomy.as_view(), name="period-section"),
]

# /finance/budgets/
budget_urls = [
    path("new/", budgets.BudgetBegin.as_view(), name="budget-begin"),
    path("<int:pk>/", budgets.BudgetDetail.as_view(), name="budget-detail"),
    path("<int:pk>/frame/", budgets.BudgetFrame.as_view(), name="budget-frame"),
    path("<int:pk>/rows/<str:row>/", budgets.BudgetRow.as_view(), name="budget-row"),
    path("<int:pk>/step/<slug:step>/", budgets.BudgetStep.as_view(), name="budget-step"),
]

urlpatterns = [
    path("finance/", periods.PeriodList.as_view(), name="period-list"),
    path("finance/standard/", periods.LayOut.as_view(), name="lay-out"),
    path("finance/setup/", include(urls_of(SETUP))),
    path("finance/periods/", include(period_urls)),
    path("finance/budgets/", include(budget_urls)),
    path("finance/explanations/<int:pk>/", around.ExplanationUpdate.as_view(), name="explanation-edit"),
    path(
        "finance/explanations/<int:pk>/remove/", around.ExplanationRemove.as_view(), name="explanation-remove"
    ),
    path("finance/grants/<int:pk>/", around.GrantUpdate.as_view(), name="grant-edit"),
    path("finance/grants/<int:pk>/remove/", around.GrantRemove.as_view(), name="grant-remove"),
    path("finance/tables/<int:pk>/", around.FreeTableUpdate.as_view(), name="free-table-edit"),
    path("finance/tables/<int:pk>/remove/", around.FreeTableRemove.as_view(), name="free-table-remove"),
]
