"""A file on its way in: headings and codes explained, a bad cell told, a sentence that turned."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from committee.models import Period
from tests.browser.office import says
from tests.browser.test_axe import violations

PATIENCE = 90_000  # milliseconds that a worker may take
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def begin_at(building):
    period = Period.objects.get(kind="interim", year=2023, number=2, body__prefix="SN")
    return f"/imports/finance.amounts/{period.pk}/"


def ledger(**cells):
    """Return a ledger's report with titles above its headings; `C6="tolv"` puts something else in a cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Drift"
    for row in (
        ["Driftredovisning januari–augusti 2023"],
        ["Utskriven", "2023-09-04"],
        [],
        ["Ansvar", "Konto", "Utfall", "Prognos"],
        ["51 Ekonomiskt bistånd", "3 Intäkter", 1200000.5, 1700000],
        ["51 Ekonomiskt bistånd", "4 Köp", -38000000, -57000000],
        ["Summa", None, -36799999.5, -55300000],
    ):
        sheet.append(row)
    for place, value in cells.items():
        sheet[place] = value
    content = BytesIO()
    book.save(content)
    return {"name": "drift.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}


def upload(page, file):
    page.get_by_label(says("Where does the file come from?")).fill("Ekonomisystemet")
    page.locator("#id_file").set_input_files(file)
    go_on(page)


def go_on(page):
    page.get_by_role("button", name=says("Go on")).click()


def is_narrow(page):
    page.set_viewport_size(PHONE)
    narrow = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    return narrow


@pytest.mark.usefixtures("worker")
def test_a_ledger_is_brought_in_and_an_unknown_code_is_asked_about(office, begin_at):
    page = office.enter("controller", begin_at)
    upload(page, ledger())
    assert violations(page) == []
    assert is_narrow(page)
    page.get_by_label(says("Control total"), exact=True).fill("-36 799 999,50")
    go_on(page)

    codes = page.locator(".import-codes")
    expect(codes).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    assert is_narrow(page)
    what = says("What %s means")
    expect(codes.get_by_label(what % "51 Ekonomiskt bistånd")).to_have_value("EB")
    expect(codes.get_by_label(what % "Summa")).to_have_value("-")
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()
    office.forgive("422")
    codes.get_by_label(what % "3 Intäkter").select_option("income")
    codes.get_by_label(what % "4 Köp").select_option("costs")
    go_on(page)

    expect(page.locator("#changes-title")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    assert is_narrow(page)
    row = page.get_by_role("row").filter(has_text="Drift!C5")
    expect(row).to_contain_text("1\xa0200\xa0000,50")
    page.locator(".action-bar button").click()

    expect(page.get_by_role("heading", name=says("The import is saved"))).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []


@pytest.mark.usefixtures("worker")
def test_a_bad_cell_is_told_with_how_to_mend_it_and_nothing_can_be_saved(office, begin_at):
    page = office.enter("controller", begin_at)
    upload(page, ledger(C6="38 milj", A5="EB", B5="income", A6="EB", B6="costs", A7="OF", B7="costs"))
    go_on(page)

    fault = page.get_by_role("row").filter(has_text="Drift!C6")
    expect(fault).to_contain_text("38 milj", timeout=PATIENCE)
    assert violations(page) == []
    assert is_narrow(page)
    expect(page.locator(".action-bar")).to_have_count(0)
