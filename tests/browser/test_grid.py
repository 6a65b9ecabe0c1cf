"""The grid in a browser, under the policy of production: moved about in, pasted into, saved, and never losing a value.

See tests/budget.py for the page. Its areas are rows 1 to 4, two in each group.
"""

import json
from pathlib import Path

import pytest

from core.grid import Change, Key, save
from tests.browser.office import CHROMIUM, person, says
from tests.browser.sheet import NBSP, Sheet, seen_beside_its_name
from tests.browser.test_axe import violations
from tests.budget import BudgetStore, Entry, make_table

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser: apt-get install chromium-headless-shell"),
    pytest.mark.urls("tests.budget"),
    pytest.mark.usefixtures("budget"),
]

CASES = Path(__file__).parents[1] / "fixtures" / "reading"


@pytest.fixture(scope="module")
def table(building):
    make_table()


@pytest.fixture
def budget(table):
    """The first group filled in, of 2 000 tkr."""
    Entry.objects.all().delete()
    Entry.objects.create(row="1", column="budget", value="1500")
    Entry.objects.create(row="2", column="budget", value="500")


@pytest.fixture
def sheet(office):
    sheet = Sheet(office.enter("secretary", "/budget/"))
    yield sheet
    sheet.arrive()  # or it would be written among the next test's cells


def value(row, column):
    return Entry.objects.filter(row=row, column=column).values_list("value", flat=True).first()


def somebody_else_writes(row, column, text):
    store = BudgetStore()
    version = store.cells()[Key(row, column)].version
    assert save([Change(row, column, text, version)], store, by=person("officer")).is_clean


# The twins of what the server has ---------------------------------------------------------------------


def test_numbers_are_read_as_the_server_reads_them(sheet):
    cases = json.loads((CASES / "numbers.json").read_text())

    found = sheet.page.evaluate(
        """async (cases) => {
            const { readNumber } = await import("grid/reading")
            return cases.map(({ text, ...options }) => readNumber(text, options))
        }""",
        cases,
    )

    for case, read in zip(cases, found, strict=True):
        expected = {"reason": case["reason"]} if "reason" in case else {"value": case["value"] or ""}
        assert {key: read[key] for key in expected} == expected, case["text"]


def test_numbers_are_written_as_the_server_writes_them(sheet):
    cases = json.loads((CASES / "written.json").read_text())

    found = sheet.page.evaluate(
        """async (cases) => {
            const { formatNumber } = await import("grid/numbers")
            return cases.map(({ value, decimals }) => formatNumber(value, decimals))
        }""",
        cases,
    )

    assert [text.replace(NBSP, " ") for text in found] == [case["text"] for case in cases]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a", [["a"]]),
        ("a\t", [["a", ""]]),
        ("", [[""]]),
        ('"x\ny"\tz\r\n', [["x\ny", "z"]]),
        ('"say ""hi"""\r\n', [['say "hi"']]),
        ("a\r\n\r\nb\r\n", [["a"], [""], ["b"]]),
        ("\t\r\n\t\r\n", [["", ""], ["", ""]]),
        ('"unclosed\tb', [['"unclosed', "b"]]),
        ('5" rör\tb', [['5" rör', "b"]]),
    ],
)
def test_what_excel_copies_is_read_cell_by_cell(sheet, text, rows):
    read = sheet.page.evaluate(
        "async (text) => { const { readTsv } = await import('grid/tsv'); return readTsv(text) }", text
    )

    assert read == rows


# Moving and writing ------------------------------------------------------------------------------------


def test_the_keyboard_reaches_every_cell_and_leaves(sheet):
    sheet.page.locator("h1").click()
    while sheet.at() is None:
        sheet.press("Tab")
    places = [sheet.at()]
    for key in (
        "ArrowDown",
        "ArrowRight",
        "Control+ArrowRight",
        "Home",
        "End",
        "Control+Home",
        "Control+End",
    ):
        sheet.press(key)
        places.append(sheet.at())

    assert places == [
        ["1", "budget"],
        ["2", "budget"],
        ["2", "forecast"],
        ["2", "note"],
        ["2", ""],
        ["2", "note"],
        ["group-1", ""],
        ["total", "note"],
    ]

    sheet.go("2", "note")
    sheet.press("Tab")
    assert sheet.at() == ["3", "budget"]

    sheet.press("Escape", "Tab")
    assert sheet.at() is None


def test_what_is_typed_is_saved_and_stands_in_all_sums(sheet):
    sheet.go("1", "forecast")
    sheet.write("-1 200")
    sheet.settle()

    assert sheet.at() == ["2", "forecast"]
    assert sheet.text("1", "forecast") == "-1 200"
    assert [sheet.text(row, "forecast") for row in ("group-1", "total")] == ["-1 200", "-1 200"]
    assert [sheet.text(row, "deviation") for row in ("1", "group-1", "total")] == [
        "-2 700",
        "-3 200",
        "-3 200",
    ]
    assert sheet.text("2", "deviation") == ""  # without a forecast
    assert value("1", "forecast") == "-1200"
    assert sheet.status().startswith("Sparat ")


def test_f2_changes_escape_regrets_and_tab_goes_on(sheet):
    sheet.go("1", "budget")
    sheet.press("F2")
    sheet.write("7", "Escape")
    assert sheet.text("1", "budget") == "1 500"

    sheet.press("F2", "End")
    sheet.write("0", "Tab")

    assert sheet.at() == ["1", "forecast"]
    assert sheet.text("1", "budget") == "15 000"


def test_arrows_leave_a_field_that_was_begun_by_typing(sheet):
    sheet.go("1", "budget")
    sheet.write("3", "ArrowRight")
    sheet.write("4", "ArrowDown")

    assert sheet.at() == ["2", "forecast"]
    assert [sheet.text("1", column) for column in ("budget", "forecast")] == ["3", "4"]


def test_a_choice_is_made_by_its_first_letter(sheet):
    sheet.go("1", "risk")
    sheet.press("H", "Enter")
    sheet.go("1", "checked")
    sheet.press("Enter", "J", "Enter")
    sheet.settle()

    assert (value("1", "risk"), value("1", "checked")) == ("high", "yes")
    assert sheet.text("1", "note") == "skriv skäl"


def test_a_text_is_written_in_a_dialog(sheet):
    sheet.go("1", "note")
    sheet.write("rad ett", "Enter")
    sheet.write("rad två", "Control+Enter")
    sheet.settle()

    assert value("1", "note") == "rad ett\nrad två"
    assert sheet.at() == ["1", "note"]

    sheet.press("Enter")
    sheet.write(" och mer", "Escape")
    assert sheet.text("1", "note") == "rad ett\nrad två"


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("1", "last", "Cellen kan inte ändras här."),
        ("1", "deviation", "Cellen är beräknad och kan inte ändras."),
        ("4", "share", "Perioden är stängd."),
    ],
)
def test_what_cannot_be_written_in_says_why_when_one_tries(sheet, row, column, why):
    before = sheet.text(row, column)
    sheet.go(row, column)
    sheet.write("5")

    assert sheet.text(row, column) == before
    assert sheet.status() == why
    assert sheet.sent == []


def test_a_short_text_is_written_in_its_place(sheet):
    sheet.go("1", "staff")
    sheet.write("12 varav 3 vikarier", "Tab")
    sheet.settle()

    assert value("1", "staff") == "12 varav 3 vikarier"
    assert sheet.at() == ["1", "growth"]


def test_an_exact_number_is_shown_with_the_decimals_it_has(sheet):
    sheet.go("1", "share")
    sheet.write("8,80")
    sheet.write("1200")
    sheet.settle()

    assert [sheet.text(row, "share") for row in ("1", "2")] == ["8,8", "1 200"]
    sheet.page.reload()
    assert [sheet.text(row, "share") for row in ("1", "2")] == ["8,8", "1 200"]


def test_enter_on_a_rows_head_opens_its_page(sheet):
    sheet.go("2", "budget")
    sheet.press("Home", "Enter")
    sheet.page.wait_for_url("**/budget/2/")


# Blocks ------------------------------------------------------------------------------------------------


def test_a_block_from_excel_is_pasted_in_one_request_and_undone_in_one_step(sheet):
    sheet.go("1", "budget")
    sheet.paste(f"-720 512\t1{NBSP}234\r\n−5\t(500)\r\n\t\r\n0\t500-\r\n")
    sheet.settle()

    assert [value(row, "budget") for row in ("1", "2", "3")] == ["-720512", "-5", "0"]
    assert [value(row, "forecast") for row in ("1", "2", "3")] == ["1234", "-500", "-500"]
    assert len(sheet.sent) == 1
    assert sheet.page.locator("[aria-selected=true]").count() == 8

    sheet.press("Control+z")
    sheet.settle()
    assert [value(row, "budget") for row in ("1", "2", "3")] == ["1500", "500", ""]
    assert len(sheet.sent) == 2

    sheet.press("Control+y")
    sheet.settle()
    assert value("2", "forecast") == "-500"


def test_400_cells_are_one_request(office):
    sheet = Sheet(office.enter("secretary", "/budget/?rows=400"))
    sheet.go("1", "budget")

    sheet.paste("\r\n".join(str(number) for number in range(401)))
    sheet.settle()

    assert len(sheet.sent) == 1
    assert Entry.objects.filter(column="budget").count() == 400
    assert sheet.text("total", "budget") == "80 000"


def test_what_is_copied_here_is_what_excel_reads_as_numbers(sheet):
    somebody_else_writes("1", "growth", "8.5")
    somebody_else_writes("1", "budget", "-720512")
    somebody_else_writes("1", "forecast", "1234")
    sheet.page.reload()
    sheet.go("1", "budget")
    sheet.press(
        "Shift+ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowRight",
        "Control+c",
    )

    assert sheet.copied() == "-720512\t1234\t721746\t\t\t8,5 %"


def test_a_copied_block_comes_back_to_the_same_places_past_a_groups_head(sheet):
    sheet.go("1", "budget")
    sheet.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+c")
    sheet.go("1", "forecast")
    sheet.press("Control+v")
    sheet.settle()

    assert [value(row, "forecast") for row in ("1", "2", "3")] == ["1500", "500", None]


def test_cut_fill_and_delete(sheet):
    sheet.go("1", "budget")
    sheet.press("Shift+ArrowDown", "Control+d")
    assert sheet.text("2", "budget") == "1 500"

    sheet.press("Control+x")
    assert (sheet.text("1", "budget"), sheet.copied()) == ("", "1500\r\n1500")

    sheet.go("3", "budget")
    sheet.press("Control+v")
    assert sheet.text("group-2", "budget") == "3 000"

    sheet.press("Control+a", "Delete")
    sheet.settle()
    assert set(Entry.objects.values_list("value", flat=True)) == {""}


def test_a_single_value_fills_the_whole_block(sheet):
    sheet.go("1", "forecast")
    sheet.press("Shift+ArrowDown")
    sheet.paste("7")
    sheet.settle()

    assert [value(row, "forecast") for row in ("1", "2")] == ["7", "7"]


def test_a_block_is_drawn_with_the_mouse(sheet):
    sheet.cell("1", "budget").hover()
    sheet.page.mouse.down()
    sheet.cell("2", "deviation").hover()
    sheet.page.mouse.up()

    assert sheet.page.locator("[aria-selected=true]").count() == 6


# What is wrong -----------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_said_at_its_cell_and_the_rest_is_saved(sheet):
    sheet.go("1", "budget")
    sheet.paste("1.234\r\n200")
    sheet.settle()

    wrong = sheet.cell("1", "budget")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert "decimalkomma" in sheet.page.locator(f"#{wrong.get_attribute('aria-describedby')}").inner_text()
    assert sheet.text("1", "budget") == "1.234"
    assert (value("1", "budget"), value("2", "budget")) == ("1500", "200")
    assert sheet.text("total", "budget") == "200"  # without what is wrong, and marked so
    assert sheet.cell("total", "budget").get_attribute("data-partial") is not None

    sheet.page.get_by_role("button", name="Ledning, Budget").click()
    assert sheet.at() == ["1", "budget"]
    sheet.write("1234")
    sheet.settle()

    assert value("1", "budget") == "1234"
    assert not sheet.page.locator("[data-grid-wrong]").is_visible()


def test_what_the_server_refuses_is_said_at_its_cell_and_aloud(sheet):
    sheet.go("1", "budget")
    sheet.write("999999999")
    sheet.mark("1", "budget", "wrong")

    assert "Ledning, Budget: Budgeten är högst" in sheet.status()
    sheet.go("1", "budget")
    assert "Budgeten är högst" in sheet.page.locator("li[aria-current]").inner_text()


def test_text_in_a_number_cell_is_refused_and_can_be_undone(sheet):
    sheet.go("1", "budget")
    sheet.write("ungefär 5")
    sheet.press("Control+z")
    sheet.settle()

    assert sheet.text("1", "budget") == "1 500"
    assert value("1", "budget") == "1500"
    assert not sheet.page.locator("[data-grid-wrong]").is_visible()


# Two people, and a line that breaks ----------------------------------------------------------------------


@pytest.fixture
def conflict(sheet):
    """A cell that two have changed: 800 here, 700 saved."""
    somebody_else_writes("1", "budget", "700")
    sheet.go("1", "budget")
    sheet.write("800")
    sheet.mark("1", "budget", "conflict")
    return sheet


def test_of_two_who_change_a_cell_the_later_sees_both_values_and_may_keep_theirs(conflict):
    said = conflict.page.locator("[data-grid-wrong] li").inner_text()
    assert person("officer").get_full_name() in said
    assert value("1", "budget") == "700"

    conflict.page.locator("li").get_by_role("button", name="Behåll mitt: 800").click()
    conflict.settle()

    assert value("1", "budget") == "800"
    assert conflict.at() == ["1", "budget"]


def test_of_two_who_change_a_cell_the_later_may_take_what_is_saved(conflict):
    conflict.page.locator("li").get_by_role("button", name="Ta det sparade: 700").click()
    conflict.settle()

    assert conflict.text("1", "budget") == "700"
    assert conflict.text("total", "budget") == "1 200"
    assert value("1", "budget") == "700"


def test_going_back_after_a_conflict_does_not_put_an_old_value_over_the_others(conflict):
    conflict.press("Control+z")
    conflict.settle()

    assert value("1", "budget") == "700"
    assert conflict.text("1", "budget") == "800"


def test_what_is_written_without_a_connection_is_saved_when_there_is_one(office, sheet):
    sheet.page.context.set_offline(True)
    sheet.go("1", "budget")
    sheet.write("55")
    sheet.page.get_by_text("ingen anslutning").wait_for()
    assert sheet.cell("1", "budget").get_attribute("data-mark") == "changed"

    sheet.page.context.set_offline(False)
    sheet.mark("1", "budget", "saved")

    assert value("1", "budget") == "55"
    office.forgive("ERR_INTERNET_DISCONNECTED|htmx:sendError")


def test_an_answer_that_is_lost_is_no_conflict_with_oneself(office, sheet):
    lost = []

    def lose(route):
        lost.append(route.fetch())  # it arrives, and is saved; the answer does not come back
        route.abort()

    sheet.page.route(
        "**/budget/", lambda route: lose(route) if not lost and is_patch(route) else route.fallback()
    )
    sheet.go("1", "budget")
    sheet.write("55")
    sheet.page.get_by_text("ingen anslutning").wait_for()
    assert value("1", "budget") == "55"

    sheet.go("1", "budget")
    sheet.write("56")
    sheet.settle()

    assert value("1", "budget") == "56"
    assert sheet.cell("1", "budget").get_attribute("data-mark") == "saved"
    office.forgive("ERR_FAILED")


def is_patch(route):
    return route.request.method == "PATCH"


def test_a_change_made_while_the_last_is_on_its_way_is_saved_too(sheet):
    held = []
    sheet.page.route(
        "**/budget/", lambda route: held.append(route) if not held and is_patch(route) else route.fallback()
    )
    sheet.go("1", "budget")
    sheet.write("55")
    sheet.mark("1", "budget", "saving")
    sheet.go("1", "budget")
    sheet.write("56")

    held[0].continue_()
    sheet.mark("1", "budget", "saved")

    assert value("1", "budget") == "56"


def test_who_was_logged_out_logs_in_elsewhere_and_loses_nothing(office):
    sheet = Sheet(office.enter("secretary", "/budget/", viewport={"width": 1280, "height": 800}))
    cookies = sheet.page.context.cookies()
    sheet.page.context.clear_cookies(name="sessionid")
    sheet.go("1", "budget")
    sheet.write("55")
    sheet.page.get_by_role("link", name=says("Log in in a new tab")).wait_for()
    assert value("1", "budget") == "1500"

    sheet.page.context.add_cookies(cookies)
    sheet.page.get_by_role("button", name=says("Try again now")).click()
    sheet.mark("1", "budget", "saved")

    assert value("1", "budget") == "55"


def test_leaving_with_something_unsaved_asks_first(office, sheet):
    asked = []
    sheet.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sheet.go("1", "budget")
    sheet.write("inte ett tal")

    sheet.page.goto("/budget/")

    assert asked == ["beforeunload"]


# For everybody -----------------------------------------------------------------------------------------


def test_the_cell_one_is_at_is_never_under_the_head_or_the_first_column(office):
    sheet = Sheet(office.enter("secretary", "/budget/?rows=60", viewport={"width": 900, "height": 600}))
    hidden = []
    for row, column in [("60", "note"), ("1", "last"), ("30", "forecast"), ("1", "note"), ("31", "budget")]:
        sheet.page.evaluate(
            """async ([row, column]) => {
                const heads = [...document.querySelectorAll("thead th")]
                const place = heads.findIndex((head) => head.dataset.column === column)
                const cell = document.querySelector(`tr[data-row="${row}"]`).cells[place]
                cell.tabIndex = -1
                cell.focus({ preventScroll: true })
            }""",
            [row, column],
        )
        sheet.press("ArrowLeft", "ArrowRight")
        covered = sheet.page.evaluate(
            """() => {
                const cell = document.activeElement
                const { left, right, top, bottom } = cell.getBoundingClientRect()
                return [[left + 3, top + 3], [right - 3, bottom - 3]].some(
                    ([x, y]) => !cell.contains(document.elementFromPoint(x, y)))
            }"""
        )
        if covered:
            hidden.append((row, column))

    assert hidden == []


def test_no_rule_is_broken_in_a_grid_with_something_wrong(conflict):
    conflict.go("2", "budget")
    conflict.write("1.234")

    assert violations(conflict.page) == []


def test_no_rule_is_broken_where_a_text_is_written(sheet):
    sheet.go("1", "note")
    sheet.press("Enter")
    sheet.page.get_by_role("dialog", name="Ledning, Kommentar").wait_for()

    assert violations(sheet.page) == []


NARROW = {"width": 320, "height": 640}


def test_on_a_phone_values_stand_beside_their_names_and_the_rows_lead_to_their_own_pages(office):
    page = office.enter("secretary", "/budget/", viewport=NARROW, has_touch=True)
    assert page.locator("[role=grid]").count() == 0
    assert seen_beside_its_name(page)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert violations(page) == []

    page.get_by_role("link", name="Barn och unga").tap()
    page.get_by_label("Budget (tkr)").fill("−1 200")
    assert violations(page) == []
    page.get_by_role("button", name=says("Save and go to the next")).tap()
    page.get_by_role("heading", name="Ekonomiskt bistånd").wait_for()
    page.goto("/budget/")
    page.locator("tr[data-row='3'] td[data-version]").first.tap()
    page.get_by_role("heading", name="Barn och unga").wait_for()

    assert value("3", "budget") == "-1200"


def test_without_script_a_row_is_filled_in_on_its_own_page(office):
    page = office.enter("secretary", "/budget/", java_script_enabled=False)
    page.get_by_role("link", name="Ledning").click()
    page.get_by_label("Budget (tkr)").fill("1.234")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    assert "decimalkomma" in page.get_by_role("alert").inner_text()

    page.get_by_label("Budget (tkr)").fill("1 234")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    page.wait_for_url("**/budget/")

    assert value("1", "budget") == "1234"
    office.forgive("422")


def test_by_finger_the_second_tap_writes(office):
    page = office.enter("secretary", "/budget/", viewport={"width": 1024, "height": 768}, has_touch=True)
    sheet = Sheet(page)
    sheet.cell("1", "budget").tap()
    assert sheet.page.locator(".grid-field").count() == 0

    sheet.cell("1", "budget").tap()

    assert sheet.page.locator(".grid-field").count() == 1
