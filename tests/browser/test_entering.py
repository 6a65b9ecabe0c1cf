"""The controller's grids in the demo: blocks from Excel, a cell that is mended, a number that is missing with words."""

import pytest
from django.urls import reverse

from cases.finance.models import Amount
from cases.register.models import Document
from tests.browser.office import CHROMIUM, person
from tests.browser.sheet import Sheet, seen_beside_its_name

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no browser: apt-get install chromium-headless-shell"
)


def path_of(name):
    body = person("controller").memberships.get().body
    period = body.periods.get(kind="interim", year=2023, number=2)
    return {
        "amounts": reverse("finance:amount-grid", args=[period.pk, "area"]),
        "counts": reverse("finance:count-grid", args=[period.pk, "volumes"]),
    }[name]


@pytest.fixture
def amounts(office):
    return Sheet(office.enter("controller", path_of("amounts")))


def rows_of(sheet):
    return sheet.page.locator("tr[data-row^=a]").evaluate_all("(rows) => rows.map((row) => row.dataset.row)")


def test_the_controller_pastes_forecasts_from_excel_and_the_net_follows(amounts):
    first, second = rows_of(amounts)[:2]
    amounts.go(first, "forecast")

    amounts.paste("1 200\r\n−1 500 000\r\n")
    amounts.settle()

    assert [amounts.text(row, "forecast") for row in (first, second, "group-1")] == [
        "1 200",
        "-1 500 000",
        "-1 498 800",
    ]
    assert len(amounts.sent) == 1
    assert {-1_500_000, 1200} <= set(Amount.objects.filter(kind="forecast").values_list("kronor", flat=True))
    total = amounts.text("total", "forecast")
    amounts.page.reload()
    assert amounts.text("total", "forecast") == total

    for width in (390, 320):
        amounts.page.set_viewport_size({"width": width, "height": 800})
        assert seen_beside_its_name(amounts.page)


def test_the_controller_mends_a_cell_that_could_not_be_read(amounts):
    row = rows_of(amounts)[0]
    before = amounts.text(row, "actual")
    amounts.go(row, "actual")
    amounts.paste("1.234,50")
    assert amounts.cell(row, "actual").get_attribute("aria-invalid") == "true"

    amounts.page.locator("[data-grid-wrong] li button").first.click()
    amounts.write("1234")
    amounts.settle()
    amounts.press("Control+z", "Control+z")
    amounts.settle()

    assert amounts.text(row, "actual") == before


def test_a_volume_is_a_number_or_why_there_is_none(office):
    sheet = Sheet(office.enter("controller", path_of("counts")))
    row = sheet.page.locator("tbody tr:has(td[data-version])").first.get_attribute("data-row")
    sheet.go(row, "forecast")
    sheet.write("1234", "Enter")
    sheet.settle()
    assert sheet.text(row, "forecast") == "1 234"

    sheet.go(row, "forecast")
    sheet.write("många", "Enter")
    sheet.mark(row, "forecast", "wrong")


def test_a_deviation_that_turns_turns_the_sentence_of_the_report(amounts, office):
    report = office.enter("chair", Document.objects.get(template__kind="delarsrapport").get_absolute_url())
    row = rows_of(amounts)[0]
    said = {}

    for forecast in ("900 000 000", "−900 000 000"):
        amounts.go(row, "forecast")
        amounts.paste(f"{forecast}\r\n")
        amounts.settle()
        report.reload()
        said[forecast] = report.get_by_text("Prognosen för helåret är ett").first.inner_text()

    assert ["överskott om" in text for text in said.values()] == [True, False]
    assert ["underskott om" in text for text in said.values()] == [False, True]
