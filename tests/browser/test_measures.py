"""Goals and measures as their people meet them: on a phone, in the table, and at the reason that is asked for."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from cases.measures.models import Outcome, Rating
from cases.measures.services import Entry, enter_outcome
from tests.browser.office import says
from tests.browser.places import coming, measure, path_of, rating_of_the_year
from tests.browser.sheet import seen_beside_its_name

PHONE = {"width": 390, "height": 800}


def test_a_unit_manager_reports_a_measure_on_the_phone_without_a_menu(office):
    edition = measure(30)
    page = office.enter("officer", path_of("my-measures"), viewport=PHONE)
    card = page.locator(f"#m{edition.pk}")
    expect(page.locator(".rail")).to_have_count(0)
    expect(card).to_contain_text("92,9")
    expect(card).to_contain_text("94")

    card.get_by_label(says("Outcome"), exact=True).fill("94,5 %")
    card.get_by_label(says("In three lines: why, and what happens next")).fill("Bättre hälsa.\nFortsätter.")
    card.get_by_role("button", name=re.compile("^Klart")).click()

    expect(page.get_by_role("status").or_(page.locator(".note"))).to_contain_text([edition.name])
    outcome = Outcome.objects.get(edition=edition, period=coming(), split="")
    rating = Rating.objects.get(edition=edition, period=coming())
    assert (str(outcome.value.normalize()), rating.status, rating.given.key) == ("94.5", "ready", "reached")


def test_a_value_that_cannot_be_read_is_mended_where_it_stands(office):
    edition = measure(31)
    page = office.enter("officer", path_of("my-measures"), viewport=PHONE)
    card = page.locator(f"#m{edition.pk}")

    card.get_by_label(says("Outcome"), exact=True).fill("1.234")
    with page.expect_navigation():
        card.get_by_role("button", name=re.compile("^Klart")).click()
    office.forgive("422")
    expect(page.get_by_role("heading", level=1)).to_have_text(edition.name)
    expect(page.get_by_label(says("Outcome"), exact=True)).to_have_value("1.234")
    assert not Outcome.objects.filter(edition=edition, period=coming()).exists()

    page.get_by_label(says("Outcome"), exact=True).fill("10,5")
    page.get_by_role("button", name="Klart").click()

    page.wait_for_url(re.compile("/measures/mine/"))
    assert Outcome.objects.get(edition=edition, period=coming(), split="").value == 10.5


def test_a_value_typed_into_the_table_is_rated_at_once(office):
    edition = measure(14)
    page = office.enter("controller", path_of("outcomes"))
    row = page.locator(f"tr[data-row='{edition.pk}']")
    columns = page.locator("th[data-column]")
    place = [column.get_attribute("data-column") for column in columns.all()].index("value")

    cell = row.locator("td").nth(place)
    cell.click()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.type("76,5")
        page.keyboard.press("Enter")

    expect(row).to_contain_text("nära målet")
    assert Outcome.objects.get(edition=edition, period=coming()).value == 76.5


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_what_can_be_filled_in_stands_beside_the_name_of_its_measure(office, width):
    page = office.enter("controller", path_of("outcomes"))
    page.set_viewport_size({"width": width, "height": 800})

    expect(page.locator("[role=grid]")).to_have_count(0)
    assert seen_beside_its_name(page)


def test_a_rating_that_differs_is_marked_as_ready_when_it_has_a_reason(office):
    edition, rating = measure(14), rating_of_the_year()
    entry = Entry(numerator=Decimal(17), denominator=Decimal(17))
    enter_outcome(edition, coming(), entry, by=edition.responsible)
    page = office.enter("controller", rating.get_absolute_url())

    page.get_by_label(says("Rating"), exact=False).first.select_option(label="Är inte uppnått")
    save(page)
    page.get_by_role("button", name="Klarmarkera").click()
    expect(page.locator("body")).to_contain_text(
        says("The rating differs from what is computed. Write why in “Reason”.")
    )
    page.get_by_label(says("Reason")).fill("Väger tyngst")
    save(page)
    page.get_by_role("button", name="Klarmarkera").click()

    expect(page.locator("body")).to_contain_text(says("Marked as ready."))
    rating.refresh_from_db()
    assert (rating.status, rating.given.key, rating.reason) == ("ready", "not", "Väger tyngst")


def save(page):
    page.get_by_role("button", name=says("Save")).click()
    expect(page.locator("body")).to_contain_text(says("Saved."))
