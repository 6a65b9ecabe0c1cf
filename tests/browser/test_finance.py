"""The economy in a browser: read without a fault, filled in by pasting, and nothing lost that was wrong."""

import pytest
from playwright.sync_api import expect

from cases.finance.models import Amount, BudgetVersion, Explanation, Grant, KeyFigureValue
from cases.finance.services import begin_budget
from cases.register import services as register
from cases.register.models import Document
from committee.models import Period
from core.richtext.references import own_words
from tests.browser.office import CHROMIUM, person, says
from tests.browser.test_axe import violations

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no /usr/bin/chromium: apt-get install chromium"
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
    "paste": lambda: at("tables/new/"),
}


def draft():
    held = BudgetVersion.objects.filter(status="draft").first()
    return held or begin_budget(period().body, year=2023, by=person("controller"))


@pytest.mark.parametrize("name", PLACES)
def test_no_rule_is_broken_on_a_page_of_the_economy(office, name):
    page = office.enter("controller", PLACES[name]())

    assert violations(page) == []


@pytest.mark.parametrize("name", ["operating", "analysis", "counted", "amounts", "budget"])
def test_a_page_of_the_economy_fits_a_phone(office, name):
    page = office.enter("controller", PLACES[name](), viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth <= 320")


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


def report(about):
    return Document.objects.get(template__is_report=True, subject_id=about.pk)


def report_before():
    """Return the report of the period before, begun and written if the demo has none."""
    now, before = report(period()), Period.objects.beside(period(), "previous").get()
    held = Document.objects.filter(template=now.template, subject_id=before.pk).first()
    controller = person("controller")
    held = held or register.begin_document(
        now.case, now.template, title="Delårsrapport 1", author=controller, dated_on=before.ends_on,
        subject=before, by=controller,
    )  # fmt: skip
    section = held.sections.get(key="events")
    text = (f"<p>I april sågs {chip('of')}.</p>", section.version)
    register.save_sections(held, texts={section.pk: text}, by=controller)
    return held


def chip(form):
    return f"""<span data-figure="measures.goals_met" data-args='{{"form":"{form}"}}'>inga mål</span>"""


def test_a_typed_number_is_linked_a_value_written_by_hand_and_the_words_before_taken_over(office):
    report_before()
    page = office.enter("controller", f"{report(period()).get_absolute_url()}?section=events")
    text = page.locator(".tiptap")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")

    page.keyboard.type("Sedan den förra prognosen har läget blivit 19,4 mkr bättre. ")
    page.locator(".rt-near-list button").first.press("Enter")
    page.locator("#near-dialog [value=link]").press("Enter")
    expect(text.locator(".rt-figure")).to_have_text("19,5\u00a0mkr")

    page.locator("details.last-text summary").press("Enter")
    page.locator("[data-take-over]").click()
    taken = text.locator("p", has_text="I april sågs").locator(".rt-figure")
    expect(taken).to_have_text("15 av 17 mål")

    taken.dblclick()
    page.locator("[data-picker-own]").click()
    page.get_by_label(says("Your words")).fill("de flesta målen")
    page.locator("#own-dialog [value=save]").click()
    expect(text.locator(".rt-own")).to_contain_text(says("written by hand"))
    assert violations(page) == []

    page.get_by_role("button", name=says("Save"), exact=True).click()
    expect(page.locator("main")).to_contain_text(says("Saved."))
    saved = str(report(period()).sections.get(key="events").text)
    assert [(one.words, one.then) for one in own_words(saved)] == [("de flesta målen", "15 av 17 mål")]
    assert "19,4" not in saved


def test_the_head_of_a_column_follows_its_formula_while_it_is_written(office):
    page = office.enter("controller", "/finance/setup/columns-operating/")
    head = page.locator(".setup-preview output")

    page.get_by_label("Formel").press_sequentially("prognos - budget")
    head.get_by_text("prognos").wait_for()
    page.get_by_label("Formel").fill("")
    page.get_by_label("Formel").press_sequentially("forecast - budget % budget")

    head.get_by_text("Avvikelse i procent av budget").wait_for()
