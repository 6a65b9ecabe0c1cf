"""The economy in a browser: read without a fault, filled in by pasting, and nothing lost that was wrong."""

import pytest

from cases.finance.models import Amount, BudgetVersion, Explanation, FreeTable, Grant, KeyFigureValue
from cases.finance.services import begin_budget
from committee.models import Period
from tests.browser.office import CHROMIUM, person
from tests.browser.test_axe import too_narrow_for, violations

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no browser: apt-get install chromium-headless-shell"
)


def period():
    return Period.objects.get(kind=Period.Kind.INTERIM, year=2023, number=2)


def at(rest=""):
    return f"/finance/periods/{period().pk}/{rest}"


def figure():
    return KeyFigureValue.objects.filter(reported_in=period(), figure__table="volumes").first().figure_id


def amount():
    return Amount.objects.get(
        reported_in=period(), area__code="EB", line__code="costs", kind="forecast", months=12
    )


def row():
    return f"a{amount().area_id}-l{amount().line_id}"


PLACES = {
    "list": lambda: "/finance/",
    "operating": at,
    "analysis": lambda: at("analysis/"),
    "investments": lambda: at("investments/"),
    "counted": lambda: at("counted/"),
    "free": lambda: at("free/"),
    "amounts": lambda: at("amounts/area/"),
    "accounts": lambda: at("amounts/account/"),
    "amount": lambda: at(f"amounts/area/{row()}/"),
    "numbers": lambda: at("numbers/volumes/"),
    "number": lambda: at(f"numbers/volumes/{figure()}/"),
    "budget": lambda: BudgetVersion.objects.first().get_absolute_url(),
    "draft budget": lambda: draft().get_absolute_url(),
    "adopt": lambda: f"{draft().get_absolute_url()}step/adopt/",
    "begin": lambda: "/finance/budgets/new/",
    "new cause": lambda: at("explanations/bridge/new/"),
    "cause": lambda: f"/finance/explanations/{Explanation.objects.first().pk}/",
    "remove": lambda: f"/finance/explanations/{Explanation.objects.first().pk}/remove/",
    "grant": lambda: f"/finance/grants/{Grant.objects.first().pk}/",
    "new grant": lambda: at("grants/grant/new/"),
    "remove grant": lambda: f"/finance/grants/{Grant.objects.first().pk}/remove/",
    "paste": lambda: at("tables/new/"),
    "table": lambda: f"/finance/tables/{FreeTable.objects.first().pk}/",
    "remove table": lambda: f"/finance/tables/{FreeTable.objects.first().pk}/remove/",
    "frame": lambda: f"{draft().get_absolute_url()}frame/",
    "budget's row": lambda: f"{draft().get_absolute_url()}rows/{row()}/",
}


def draft():
    held = BudgetVersion.objects.filter(status="draft").first()
    return held or begin_budget(period().body, year=2023, by=person("controller"))


@pytest.mark.parametrize("name", PLACES)
def test_no_rule_is_broken_on_a_page_of_the_economy_and_it_is_as_narrow_as_it_is_read(office, name):
    page = office.enter("controller", PLACES[name]())

    assert violations(page) == []
    assert too_narrow_for(page) == []


def test_a_block_is_pasted_its_bad_cell_stays_to_be_mended_and_the_deviation_follows(office):
    page = office.enter("controller", at("amounts/area/"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[role=grid]").wait_for()
    heads = page.locator("thead th").evaluate_all("heads => heads.map(head => head.dataset.column)")
    cells = page.locator(f'tr[data-row="{row()}"] > *')
    forecast, deviation = cells.nth(heads.index("forecast")), cells.nth(heads.index("deviation"))

    page.evaluate("navigator.clipboard.writeText('-190 000 000')")
    forecast.click()
    page.keyboard.press("Control+v")
    page.locator("[data-grid-status]", has_text="Sparat").wait_for()
    computed = deviation.inner_text()
    page.evaluate("navigator.clipboard.writeText('1,2,3')")
    page.keyboard.press("Control+v")
    page.locator("[data-grid-wrong] li").wait_for()

    assert amount().kronor == -190_000_000
    assert computed.startswith("-9")
    assert forecast.inner_text() == "1,2,3"


def test_the_head_of_a_column_follows_its_formula_while_it_is_written(office):
    page = office.enter("controller", "/finance/setup/columns-operating/")
    head = page.locator(".setup-preview output")

    page.get_by_label("Formel").press_sequentially("prognos - budget")
    head.get_by_text("prognos").wait_for()
    page.get_by_label("Formel").fill("")
    page.get_by_label("Formel").press_sequentially("forecast - budget % budget")

    head.get_by_text("Avvikelse i procent av budget").wait_for()
