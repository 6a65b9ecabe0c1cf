"""What a year's budget and a full year's report are made of: the frame shared out, its decisions, the closing accounts."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import translation

from cases.finance import services
from cases.finance.checks import broken
from cases.finance.ledger import Ledger
from cases.finance.models import Amount, BudgetVersion
from cases.finance.models.kinds import Kind
from cases.finance.services import Locked, NewAmount
from committee.models import Period
from core import blocks
from core.services import take_step
from core.workflow import StepNotYet

FIRST = {"decided_on": "2022-12-13", "decision": "Socialnämnden § 142"}
LATER = {"decided_on": "2023-05-16", "decision": "Socialnämnden § 58"}


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def data(period, name, **options):
    """Return a block's data as it is composed anew."""
    return blocks.blocks[name].data(Period.objects.get(pk=period.pk), options, "staff")


def column(found, key):
    """Return a column's cells by the row's label."""
    place = [one["key"] for one in found["columns"]].index(key)
    return {row["label"]: row["cells"][place] for part in found["sections"] for row in part["rows"]}


def paragraphs(period):
    return blocks.html("finance.decisions", data(period, "finance.decisions"))


@pytest.fixture
def share_out(small, body, controller):
    """Return a function that begins the year's next budget with these net costs of north and south."""

    def shared(north, south, frame=None):
        budget = services.begin_budget(body, year=2023, by=controller)
        if frame is not None:
            services.set_frame(budget, frame=Decimal(frame), decision="KF § 187", by=controller)
        amounts = [
            NewAmount(line=small.costs, area=area, kind=Kind.BUDGET, year=2023, kronor=Decimal(-kronor))
            for area, kronor in ((small.north, north), (small.south, south))
        ]
        services.record_amounts(budget, amounts, by=controller)
        return BudgetVersion.objects.get(pk=budget.pk)

    return shared


def test_the_frame_is_what_the_budgets_records_come_to(money, years):
    found = data(years["year", 2023, 1], "finance.frame")

    records = Amount.objects.filter(budget__year=2023, line__cut="area")
    by_area = records.values("area__name").annotate(net=Sum("kronor"))
    frame = column(found, "frame")
    assert {
        name: Decimal(frame[name]) for name in frame if name not in {"Totalt", "Kommunfullmäktiges ram"}
    } == {row["area__name"]: row["net"] for row in by_area}
    assert Decimal(frame["Totalt"]) == records.aggregate(net=Sum("kronor"))["net"]
    assert frame["Kommunfullmäktiges ram"] == frame["Totalt"]
    assert Decimal(column(found, "closing")["Ekonomiskt bistånd"]) == 6731368 - 159641858


def test_a_budget_that_is_not_all_shared_out_is_not_adopted_and_says_what_differs(
    share_out, controller, head, years
):
    budget = share_out(600, 300, frame=1000)

    with pytest.raises(StepNotYet, match="100 kr"):
        take_step(budget, "adopt", by=head, data=FIRST)
    left = column(data(years["year", 2023, 1], "finance.frame"), "frame")["Kvar att fördela"]
    services.set_frame(budget, frame=Decimal(900), decision="KF § 187", by=controller)
    take_step(BudgetVersion.objects.get(pk=budget.pk), "adopt", by=head, data=FIRST)

    assert left == "-100"
    with pytest.raises(Locked, match="reviderad"):
        services.set_frame(budget, frame=Decimal(1), decision="", by=controller)


def test_a_revised_budget_prints_that_it_is_revised_what_was_before_and_the_change(share_out, head, years):
    year = years["year", 2023, 1]
    take_step(share_out(600, 300, frame=900), "adopt", by=head, data=FIRST)
    adopted = paragraphs(year)
    revised = share_out(500, 400)
    proposed = paragraphs(year)

    take_step(revised, "adopt", by=head, data=LATER)

    assert "Antagen 2022-12-13 (Socialnämnden § 142)." in adopted
    assert "eviderad" not in adopted
    assert "Förslag till reviderad budget" in proposed
    assert "Reviderad 2023-05-16 (Socialnämnden § 58)." in paragraphs(year)
    found = data(year, "finance.frame")
    assert [column(found, key)["Norra"] for key in ("before", "frame", "change")] == ["-600", "-500", "100"]
    assert column(found, "change")["Totalt"] == "0"


def test_a_full_years_tables_show_its_closing_accounts_against_the_budget(money, years):
    found = data(years["year", 2022, 1], "finance.operating", rows="net")

    heads = [one["head"] for one in found["columns"]]
    assert heads == ["Bokslut 2022", "Bokslut 2021", "Budget 2022", "Avvikelse bokslut mot budget"]
    rows = found["sections"][0]["rows"]
    area = next(row["cells"] for row in rows if row["label"] == "Ekonomiskt bistånd")
    closing, _before, budget, deviation = map(Decimal, area)
    assert closing == 6731368 - 159641858
    assert deviation == closing - budget
    drawn = data(years["year", 2022, 1], "finance.deviation_chart")
    assert {row["label"]: Decimal(row["value"]) for row in drawn["rows"]}["Ekonomiskt bistånd"] == deviation


def test_a_full_years_forecasts_end_in_what_it_came_to(money, years):
    found = data(years["year", 2022, 1], "finance.forecast_chart")

    assert [row["label"] for row in found["rows"]] == ["delår 1 2022", "delår 2 2022", "helår 2022"]
    assert [row["is_closing"] for row in found["rows"]] == [False, False, True]


@pytest.mark.parametrize("place", ["amounts/area/", "amounts/project/", "numbers/volumes/"])
def test_a_full_years_grid_asks_for_no_forecast_that_no_table_shows(
    place, small, years, client_for, controller
):
    def offered(period):
        page = client_for(controller).get(f"/finance/periods/{period.pk}/{place}")
        return "forecast" in [column.key for column in page.context["sheet"].columns]

    assert (offered(years["year", 2023, 1]), offered(small.period)) == (False, True)


def test_a_full_years_grid_holds_what_it_came_to_against_the_budget(money, years, client_for, controller):
    period = years["year", 2022, 1]
    sheet = client_for(controller).get(f"/finance/periods/{period.pk}/amounts/area/").context["sheet"]
    found = data(period, "finance.operating", rows="net")

    total = {shown.column.key: shown.cell.value for shown in sheet.foot()}
    assert total["deviation"] == column(found, "deviation")["Totalt"]
    assert broken(Ledger(period)) == []


def test_a_forecast_left_in_a_full_year_is_not_added_to_what_it_came_to(money, years):
    period = years["year", 2022, 1]
    before = data(period, "finance.forecast_chart")
    closing = Amount.objects.filter(reported_in=period, kind=Kind.CLOSING, line__cut="area").first()

    Amount.objects.create(
        reported_in=period,
        kind=Kind.FORECAST,
        year=2022,
        months=12,
        kronor=-1,
        line=closing.line,
        area=closing.area,
    )

    assert data(period, "finance.forecast_chart") == before


def test_a_month_shows_net_by_area_with_a_bar_to_the_side_of_its_deviation(money, years):
    may = years["month", 2023, 5]
    options = {"rows": "net", "columns": ["actual", "budget", "forecast"], "bars": "deviation"}

    found = data(may, "finance.operating", **options)
    html = blocks.html("finance.operating", found)

    keys = [one["key"] for one in found["columns"]]
    assert keys == ["actual", "budget", "forecast", "deviation", "deviation-bar"]
    labels = [row["label"] for row in found["sections"][0]["rows"]]
    assert "Övriga verksamheter" not in labels
    sides = {label: Decimal(value) > 0 for label, value in column(found, "deviation").items()}
    assert html.count('<b class="drawn-') == len(labels)
    assert html.count('"drawn-high"><b') == sum(sides[label] for label in labels)
    assert 'drawn-low"><b' in html


def test_the_page_of_a_budget_takes_the_frame_and_says_what_is_left(share_out, controller, head, client_for):
    budget = share_out(600, 300)
    page = client_for(controller)

    bad = page.post(f"/finance/budgets/{budget.pk}/frame/", {"frame": "tusen"})
    sent = page.post(f"/finance/budgets/{budget.pk}/frame/", {"frame": "1 000", "frame_decision": "KF § 187"})
    shown = page.get(budget.get_absolute_url()).content.decode().replace("\u00a0", " ")

    assert (bad.status_code, sent.status_code) == (200, 302)
    assert "1 000 kr netto (KF § 187)" in shown
    assert "100 kr är kvar att fördela" in shown
    assert client_for(head).get(f"/finance/budgets/{budget.pk}/frame/").status_code == 403
