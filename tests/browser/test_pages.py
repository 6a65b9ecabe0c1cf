"""What only a browser shows: keyboard, two people at once, and that nothing written is lost."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from cases.agenda.models import AgendaItem
from cases.register.models import Document, Section
from core.services import take_step
from tests.browser.office import person, says
from tests.browser.places import case, draft, june, make_waiting, path_of


def test_the_agenda_is_ordered_by_keyboard(office):
    page = office.enter("secretary", path_of("agenda"))
    third = page.locator(".items > .item").nth(2)
    title = third.locator("h3").inner_text()
    before = titles(page)

    third.locator(".grip").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    with page.expect_response(re.compile("/order/")):
        page.keyboard.press("Space")

    assert page.evaluate("document.activeElement.closest('.item').querySelector('h3').innerText") == title
    page.reload()
    assert titles(page) == [title, before[0], before[1], *before[3:]]
    assert page.locator(".item-no").all_inner_texts() == [str(place) for place in range(1, len(before) + 1)]


def test_escape_puts_a_lifted_item_back(office):
    page = office.enter("secretary", path_of("agenda"))
    before = titles(page)

    page.locator(".grip").nth(1).focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Escape"):
        page.keyboard.press(key)

    assert titles(page) == before
    assert [item.title for item in AgendaItem.objects.filter(meeting=june()).in_order()] == before


def test_a_secret_item_stays_last_and_it_is_said_so(office):
    page = office.enter("secretary", path_of("agenda"))
    before = titles(page)

    page.locator(".item-last .grip").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-live=assertive]")).to_contain_text("sekretess står sist")
    page.keyboard.press("Space")

    assert titles(page) == before
    page.locator(".items > .item").nth(-2).locator(".grip").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert titles(page) == before


def test_a_case_is_searched_for_its_documents_follow_and_enter_sends_nothing(office):
    page = office.enter("secretary", path_of("new-item"))
    before = AgendaItem.objects.count()

    page.get_by_label(says("Search open cases by number or title")).fill("internkontrollplan")
    page.keyboard.press("Enter")
    page.get_by_label("SN/2023:00183 Internkontrollplan 2023").check()

    documents = page.locator("#offered_id_document label")
    expect(documents).to_have_count(4)  # none, and the case's three
    assert all("SN/2023:00183" in text for text in documents.all_inner_texts()[1:])
    assert page.get_by_label("SN/2023:00183 Internkontrollplan 2023").is_checked()
    assert AgendaItem.objects.count() == before


def test_a_choice_made_while_a_search_is_under_way_is_kept(office):
    page = office.enter("secretary", path_of("new-item"))
    held = []
    page.route(
        re.compile("find_document=plan"), lambda route: held.append(route) if not held else route.fallback()
    )
    box = page.get_by_label(says("Search documents by number or title")).last

    with page.expect_request(re.compile("find_document=plan")):
        page.get_by_label(says("Search documents by number or title")).first.fill("plan")
    choice = page.locator("[name=document]").nth(2)
    chosen = choice.get_attribute("value")
    choice.check()

    expect(page.locator("#told_id_document")).to_contain_text("träff")
    assert page.locator(f"[name=document][value='{chosen}']").is_checked()
    assert box.input_value() == ""


def test_what_is_wrong_with_a_choice_stands_at_its_field(office):
    page = office.enter("secretary", path_of("new-item"))
    page.get_by_label(says("Title"), exact=True).fill("En punkt")
    page.locator("[name=document]").nth(1).evaluate("choice => (choice.value = '0')")
    page.locator("[name=document]").nth(1).check()

    page.click("[name=save]")

    expect(page.locator("#div_id_document .invalid-feedback")).to_be_visible()


def titles(page):
    return page.locator(".item-what h3").all_inner_texts()


# Writing ----------------------------------------------------------------------------------------


def field(page, heading):
    return page.locator(".tiptap").and_(page.get_by_role("textbox", name=heading, exact=True))


def write(page, heading, text):
    """Write at the end of a section, as people do: click, go to the end, type."""
    field(page, heading).click()
    page.wait_for_timeout(100)  # the editor takes the focus in the next frame
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def save(page):
    page.get_by_role("button", name=says("Save"), exact=True).click()


def discard_button(page):
    return page.get_by_role("button", name=says("Discard unsaved text"))


def discard(page):
    discard_button(page).click()
    page.get_by_role("dialog").get_by_role("button", name=says("Discard it")).click()
    # A page that is closed before the answer may never have asked, and the next test would meet the text.
    expect(page.get_by_text(says("Your unsaved text is gone. This is what is saved."))).to_be_visible()


def text_of(heading):
    return Section.objects.get(document=draft(), heading=heading).text


def test_what_is_written_is_kept_without_saving_and_can_be_thrown_away(office):
    page = office.enter("officer", path_of("draft"))
    write(page, "Barnkonsekvensanalys", " Ett utkast.")
    expect(page.locator("[data-autosave-state=saved]")).to_be_visible()

    page.reload()
    expect(field(page, "Barnkonsekvensanalys")).to_contain_text("Ett utkast.")
    assert "Ett utkast." not in text_of("Barnkonsekvensanalys")

    discard_button(page).click()
    page.get_by_role("dialog").get_by_role("button", name=says("Cancel")).click()
    expect(field(page, "Barnkonsekvensanalys")).to_contain_text("Ett utkast.")

    discard(page)
    expect(field(page, "Barnkonsekvensanalys")).not_to_contain_text("Ett utkast.")


def test_of_two_people_who_write_in_one_section_neither_loses_a_word(office):
    officer = office.enter("officer", path_of("draft"))
    secretary = office.enter("secretary", path_of("draft"))
    write(secretary, "Sammanfattning av ärendet", " Sekreterarens ord.")
    save(secretary)
    expect(secretary.get_by_text(says("Saved."), exact=True)).to_be_visible()

    write(officer, "Sammanfattning av ärendet", " Handläggarens ord.")
    write(officer, "Barnkonsekvensanalys", " Ingen annan skrev här.")
    save(officer)

    expect(officer.get_by_role("heading", level=1)).to_have_text(
        says("Somebody else saved while you were writing")
    )
    mine, theirs = officer.locator(".version").all()
    expect(mine).to_contain_text("Handläggarens ord.")
    expect(theirs).to_contain_text("Sekreterarens ord.")
    assert "Ingen annan skrev här." in text_of("Barnkonsekvensanalys")

    mine.get_by_role("button").click()
    expect(field(officer, "Sammanfattning av ärendet")).to_contain_text("Handläggarens ord.")
    assert "Handläggarens ord." in text_of("Sammanfattning av ärendet")
    office.forgive("409")


def test_a_personal_number_is_refused_and_the_text_stays(office):
    page = office.enter("officer", path_of("draft"))
    write(page, "Ekonomiska konsekvenser", " Gäller 900101-2385.")
    save(page)

    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Ekonomiska konsekvenser")
    expect(problem).not_to_contain_text("2385")
    expect(field(page, "Ekonomiska konsekvenser")).to_contain_text("Gäller 900101-2385.")
    assert "2385" not in text_of("Ekonomiska konsekvenser")
    office.forgive("422")


def test_what_is_written_after_the_document_was_taken_further_is_shown_to_be_taken_along(office):
    officer, head = person("officer"), person("head")
    document = Document.objects.get(pk=make_waiting(case("SN/2023:00220"), officer).pk)
    document = take_step(document, "send_back", by=head, data={"reason": "Skriv mer."})
    page = office.enter("officer", document.get_absolute_url())
    take_step(take_step(document, "finish", by=officer), "approve", by=head)

    write(page, "Sammanfattning av ärendet", "Skrivet för sent.")
    save(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(says("The document is no longer being written"))
    expect(page.locator("main")).to_contain_text("Skrivet för sent.")
    office.forgive("4(09|22)")


# The frame --------------------------------------------------------------------------------------


def test_a_case_is_found_and_opened_by_keyboard_alone(office):
    page = office.enter("officer")
    page.keyboard.press("Control+k")
    page.keyboard.type("2023:183")
    expect(page.get_by_role("option").first).to_contain_text("SN/2023:00183")

    page.keyboard.press("Enter")

    page.wait_for_url(f"**{path_of('case')}")


def test_the_search_is_closed_by_escape(office):
    page = office.enter("officer")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_job_is_followed_and_cancelled_in_the_tray(office):
    page = office.enter("secretary", path_of("meetings"))
    page.locator("#tray > summary").click()
    waiting = page.locator(".job-queued")
    name = waiting.first.locator("b").inner_text()

    waiting.first.get_by_role("button").click()

    expect(page.locator(".job-cancelled").filter(has_text=name)).to_be_visible()
    expect(page.locator("#tray")).to_have_attribute("open", "")  # over the polls too


@pytest.mark.parametrize("width", [320, 360, 414])
@pytest.mark.parametrize("menu", ["tray", "user-menu"])
def test_what_the_bar_opens_on_a_phone_lies_within_its_screen(office, menu, width):
    page = office.enter("secretary", path_of("meetings"), viewport={"width": width, "height": 700})
    page.locator(f"#{menu} > summary").click()

    box = page.locator(f"#{menu} > .menu-panel").bounding_box()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_the_menu_can_be_made_narrow_where_it_is_not_so_already(office):
    page = office.enter("secretary", path_of("agenda"))
    wide = width_of_menu(page)

    page.get_by_role("button", name=says("Narrow menu")).click()

    assert width_of_menu(page) < wide / 2
    page.get_by_role("button", name=says("Narrow menu")).click()
    assert width_of_menu(page) == wide


def test_no_button_offers_to_make_a_menu_narrow_that_is_so_already(office):
    page = office.enter("secretary", path_of("preview"))
    button = page.locator("[data-rail-toggle]")

    expect(button).to_be_hidden()
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(button).to_be_visible()


def width_of_menu(page):
    return page.locator(".rail").bounding_box()["width"]


def test_the_appearance_that_is_chosen_stays(office):
    page = office.enter("officer", color_scheme="light")
    white = background(page)
    page.locator("#user-menu > summary").click()
    page.get_by_role("button", name=says("Dark")).click()
    assert background(page) != white

    page.reload()
    assert background(page) != white

    page.locator("#user-menu > summary").click()
    page.get_by_role("button", name=says("As the system")).click()
    assert background(page) == white


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_who_guesses_passwords_is_told_to_wait(office):
    page = office.enter(None, path_of("log-in"), locale="sv-SE")
    guess = {"login": person("secretary").email, "password": "gissning"}
    for _try in range(30):
        Client().post("/accounts/login/", guess, headers={"host": "localhost"})

    page.get_by_label("E-postadress").fill(guess["login"])
    page.get_by_label("Lösenord").fill(guess["password"])
    page.get_by_role("button", name=says("Log in"), exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(says("Too many tries"))
    office.forgive("429")
    cache.clear()


def test_a_newcomer_walks_into_the_demo_by_one_click(office):
    page = office.enter(None, path_of("log-in"), locale="sv-SE")

    page.get_by_role("button", name="Signe Brohagen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(says("My desk"))
