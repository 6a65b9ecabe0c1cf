"""A document as it is written in a browser: nothing typed is hidden, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.office import person, says, session_of
from tests.browser.places import path_of
from tests.browser.test_pages import discard, discard_button, field, write

# Without motion: what is scrolled to is there at once.
SIZES = {
    "desk": {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"},
    "phone": {"viewport": {"width": 320, "height": 640}, "reduced_motion": "reduce"},
}
CARET = "getSelection().getRangeAt(0).getBoundingClientRect().bottom"
SUMMARY = "Sammanfattning av ärendet"


@pytest.fixture(params=SIZES)
def page(request, office):
    """The draft before its writer, on a desk and on a phone."""
    return office.enter("officer", path_of("draft"), **SIZES[request.param])


@pytest.fixture
def at_desk(office):
    page = office.enter("officer", path_of("draft"), **SIZES["desk"])
    yield page
    page.context.add_cookies([cookie(page)])
    page.goto(path_of("draft"))
    if discard_button(page).count():
        discard(page)


def cookie(page):
    address = page.url.split("/documents/")[0].split("/accounts/")[0]
    return {"name": "sessionid", "value": session_of(person("officer")), "url": address}


def clauses(page):
    return page.locator("[name=clause]").evaluate_all("fields => fields.map(({ value }) => value)")


def top_of_buttons(page):
    return page.locator(".action-bar").bounding_box()["y"]


def test_the_caret_stays_above_the_buttons_while_one_writes(page):
    write(page, SUMMARY, "")

    for line in range(20):
        page.keyboard.press("Enter")
        page.keyboard.type(f"Rad {line}")
        page.wait_for_timeout(50)
        caret = page.evaluate(CARET)
        assert caret <= top_of_buttons(page), f"line {line}"


def test_the_caret_stays_above_the_buttons_when_they_grow_with_what_is_said(office):
    page = office.enter("officer", path_of("draft"), **SIZES["phone"])
    write(page, SUMMARY, " Rad." * 60 + " 900101-2385")
    before = top_of_buttons(page)

    expect(page.locator("[data-autosave-state=warning]")).to_be_visible()
    page.wait_for_timeout(200)

    assert top_of_buttons(page) < before
    assert page.evaluate(CARET) <= top_of_buttons(page)
    page.reload()
    discard(page)


def test_by_keyboard_no_field_is_reached_behind_the_buttons(page):
    page.locator(".clauses-edit textarea").first.focus()

    seen = []
    while page.evaluate("!!document.activeElement.closest('.document-text')"):
        page.wait_for_timeout(100)
        box = page.evaluate(
            "(({ top, bottom }) => [top, bottom])(document.activeElement.getBoundingClientRect())"
        )
        seen.append(box)
        assert box[0] + 24 <= top_of_buttons(page), f"stop {len(seen)}"
        page.keyboard.press("Tab")

    assert len(seen) > 8


def test_a_clause_is_kept_without_saving_and_can_be_thrown_away(at_desk):
    before = clauses(at_desk)
    at_desk.get_by_label(says("New clause")).fill("att följa upp i höst")
    at_desk.get_by_role("button", name=says("Add a clause")).click()
    at_desk.keyboard.type("att tacka")
    expect(at_desk.locator("[data-autosave-state=saved]")).to_be_visible()

    at_desk.reload()
    assert clauses(at_desk) == [*before[:-1], "att följa upp i höst", "att tacka", ""]

    discard(at_desk)
    assert clauses(at_desk) == before


def test_all_that_was_typed_while_logged_out_is_taken_back(at_desk):
    before = clauses(at_desk)
    at_desk.context.clear_cookies(name="sessionid")
    at_desk.get_by_label(says("New clause")).fill("att följa upp i höst")
    at_desk.get_by_role("button", name=says("Add a clause")).click()
    at_desk.keyboard.type("att tacka")
    write(at_desk, "Barnkonsekvensanalys", " Skrivet utloggad.")
    expect(at_desk.locator("[data-autosave-state=unsaved]")).to_be_visible()
    at_desk.get_by_role("button", name=says("Save"), exact=True).click()
    expect(at_desk).to_have_url(re.compile("/accounts/login/"))
    at_desk.context.add_cookies([cookie(at_desk)])
    at_desk.goto(path_of("draft"))
    assert clauses(at_desk) == before

    at_desk.get_by_role("button", name=says("Take it back")).click()

    assert clauses(at_desk) == [*before[:-1], "att följa upp i höst", "att tacka"]
    expect(field(at_desk, "Barnkonsekvensanalys")).to_contain_text("Skrivet utloggad.")
    expect(at_desk.locator("[data-autosave-state=saved]")).to_be_visible()
    at_desk.reload()
    assert clauses(at_desk) == [*before[:-1], "att följa upp i höst", "att tacka", ""]


def test_the_notice_of_text_never_saved_stands_above_all_columns_with_a_swedish_time(at_desk):
    at_desk.context.clear_cookies(name="sessionid")
    write(at_desk, "Barnkonsekvensanalys", " Skrivet utloggad.")
    expect(at_desk.locator("[data-autosave-state=unsaved]")).to_be_visible()
    at_desk.on("dialog", lambda dialog: dialog.accept())
    at_desk.context.add_cookies([cookie(at_desk)])
    at_desk.goto(path_of("draft"))

    notice = at_desk.locator(".rt-kept")

    expect(notice).to_contain_text(re.compile(r"från \d\d\.\d\d som"))
    assert notice.bounding_box()["width"] == at_desk.locator(".document").bounding_box()["width"]
    at_desk.get_by_role("button", name=says("Throw it away"), exact=True).click()


def test_the_outline_says_at_once_what_is_empty(at_desk):
    section = at_desk.locator("section:has(.tiptap)", has_text="Barnkonsekvensanalys").last
    mark = at_desk.locator(f"[data-empty={section.get_attribute('id')}]")
    expect(mark).to_be_hidden()

    field(at_desk, "Barnkonsekvensanalys").click()
    at_desk.wait_for_timeout(100)  # the editor takes the focus in the next frame
    at_desk.keyboard.press("Control+a")
    at_desk.keyboard.press("Delete")
    expect(mark).to_be_visible()

    at_desk.keyboard.type("Nu står något här.")
    expect(mark).to_be_hidden()


def test_no_word_of_a_table_is_broken_by_the_letter(at_desk):
    broken = at_desk.locator(".tiptap :is(td, th) > p").evaluate_all(
        """cells => cells.flatMap((cell) => {
          cell.style.hyphens = "manual"  // not all browsers have a dictionary to hyphenate by
          const found = []
          for (const text of [...cell.childNodes].filter(({ nodeType }) => nodeType === 3)) {
            for (const { 0: word, index } of text.data.matchAll(/\\p{L}+/gu)) {
              const range = new Range()
              range.setStart(text, index)
              range.setEnd(text, index + word.length)
              if (range.getClientRects().length > 1) found.push(word)
            }
          }
          return found
        })"""
    )

    assert broken == []


def test_on_a_phone_save_and_ready_stand_side_by_side(office):
    page = office.enter("officer", path_of("draft"), **SIZES["phone"])
    write(page, "Barnkonsekvensanalys", " Ett utkast.")
    expect(page.locator("[data-autosave-state=saved]")).to_be_visible()
    page.reload()

    rows = [
        page.get_by_role("button", name=says(name), exact=True).bounding_box()["y"]
        for name in ("Save", "Ready")
    ]

    assert rows[0] == rows[1]
    discard(page)


def test_on_a_phone_every_place_in_the_menu_is_brought_into_view(office):
    page = office.enter("secretary", path_of("meetings"), **SIZES["phone"])

    for link in page.locator(".rail li .rail-link").all():
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.skip-link')"):
            page.keyboard.press("Tab")
        box = link.bounding_box()
        assert link.evaluate("link => link === document.activeElement")
        assert (box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True), link.inner_text()
