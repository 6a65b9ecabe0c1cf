"""Threads through all layers, as their users walk them: from the officer's or the controller's desk to the member's tablet."""

import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.agenda.models import AgendaItem
from committee.models import Meeting
from core import jobs
from core.models import Job
from reports.models import Rendition
from tests.browser.places import report
from tests.papers import pages_of

TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
# `PHOTOGRAPH=1 bin/test tests/browser/test_story.py` takes the pictures of the README and docs anew.
ALBUM = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PATIENCE = 90  # seconds that a worker may take
TITLE = "Samverkan mot våld i nära relationer"
CLAUSE = "att anta riktlinjerna för samverkan mot våld i nära relationer"
CHAIRS_CLAUSE = "att anta riktlinjerna och följa upp dem i december"


@pytest.fixture
def house(office, worker):
    """Opens pages as anybody; nobody waits for the files that came with the demo."""
    leave_the_rest()
    return office.enter


def test_a_case_goes_from_the_officers_desk_to_the_members_tablet(house):
    officer, head = house("officer"), house("head")
    document = write(officer)
    send_back(head, document)
    finish(officer, document)
    approve(head, document)

    secretary, chair = house("secretary"), house("chair")
    meeting = the_meeting()
    item = put_on_agenda(secretary, meeting)
    move_up(secretary, item)
    word_chairs_proposal(chair, item)
    secretary.goto(meeting.get_absolute_url())
    review(secretary)
    expect(secretary.locator("#findings")).to_contain_text("Platshållare kvar")
    photograph(secretary, "secretary-reviews")
    send_summons(secretary)
    until(lambda: Rendition.objects.filter(kind="handlingar").exists())

    member = house("member")
    read(member, item)
    assert CLAUSE in text_of_papers(member)


def test_a_report_goes_from_its_last_sections_to_the_members_tablet(house):
    paper, meeting = report(), report().meeting
    letter = meeting.items.get(case=paper.case).document
    controller, head = house("controller"), house("head")
    mark_sections_as_done(controller, paper)
    controller.goto(letter.get_absolute_url())
    controller.get_by_role("button", name="Klar", exact=True).click()
    expect(controller.locator("main")).to_contain_text("väntar på godkännande")
    for document in (paper, letter):
        approve(head, document.get_absolute_url())

    secretary = house("secretary", meeting.get_absolute_url())
    review(secretary)
    send_summons(secretary)
    leave_the_rest()  # how the papers are made is the other walk's

    read_report(house("member", meeting.get_absolute_url(), **TABLET), paper)


def photograph(page, name):
    """Keep a picture of what somebody sees, when pictures are asked for."""
    if os.environ.get("PHOTOGRAPH"):
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=ALBUM / f"{name}.png")


def leave_the_rest():
    """Let the worker make no more of what it was asked for."""
    Job.objects.active().update(state=Job.State.CANCELLED)


def write(page):
    """Open a case and write its report; return the report's address."""
    page.goto("/cases/new/")
    page.fill("[name=title]", TITLE)
    page.click("[name=save]")
    page.get_by_role("link", name="Skriv en handling").first.click()
    page.select_option("[name=meeting]", str(the_meeting().pk))
    page.select_option("[name=template]", label="Tjänsteskrivelse")
    page.click("[name=save]")
    page.locator("[name=clause]").first.fill(CLAUSE)
    write_text(page, "summary", "Förvaltningen föreslår nya riktlinjer i ärende ")
    insert_value(page, "summary", "Diarienummer")
    write_text(page, "matter", "Riktlinjerna gäller samverkan mellan enheterna.")
    write_text(page, "economy", "Beslutet kostar inget.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Sparat", timeout=10_000)
    photograph(page, "officer-writes")
    address = page.url
    page.get_by_role("button", name="Klar", exact=True).click()
    expect(page.locator("main")).to_contain_text("väntar på godkännande")
    return address


def the_meeting():
    return Meeting.objects.get(starts_at__date="2023-06-13")


def write_text(page, key, text):
    page.locator(f"#section-{key} .tiptap").click()
    page.wait_for_timeout(200)  # the editor takes the focus a frame later
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def insert_value(page, key, label):
    page.locator(f"#section-{key}").get_by_role("button", name="Infoga värde").click()
    picker = page.locator("#figure-picker")
    picker.get_by_label(label).first.check()
    picker.locator("[data-picker-insert]").click()
    expect(page.locator(f"#section-{key} .rt-chip")).to_have_text(re.compile("SN/2023:"))


def send_back(page, document):
    page.goto(document)
    page.get_by_role("link", name="Skicka tillbaka").click()
    page.fill("[name=reason]", "Skriv vem som följer upp.")
    page.locator("main form button[type=submit]").click()


def finish(page, document):
    page.goto(document)
    expect(page.locator("main")).to_contain_text("Skriv vem som följer upp.")
    write_text(page, "matter", " Enhetschefen följer upp dem.")
    page.get_by_role("button", name="Klar", exact=True).click()


def approve(page, document):
    page.goto(document)
    photograph(page, "head-approves")
    page.get_by_role("link", name="Godkänn", exact=True).click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Godkänd")


def put_on_agenda(page, meeting):
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Lägg till en punkt").click()
    page.get_by_label("Sök handlingar på nummer eller rubrik").first.fill(TITLE)
    page.locator("#offered_id_document").get_by_label(TITLE).check()
    page.fill("[name=title]", TITLE)
    page.click("[name=save]")
    expect(page.locator(".items")).to_contain_text(TITLE)
    return AgendaItem.objects.get(title=TITLE)


def move_up(page, item):
    """Move the item one place up by keyboard alone; the order is there after a reload."""
    before = titles(page).index(TITLE)
    with page.expect_response(re.compile("/order/")):
        page.locator(f"li[data-id='{item.pk}'] .grip").focus()
        for key in ("Space", "ArrowUp", "Space"):
            page.keyboard.press(key)
    page.reload()
    assert titles(page).index(TITLE) == before - 1


def titles(page):
    return page.locator(".item-what h3").all_inner_texts()


def word_chairs_proposal(page, item):
    page.goto(f"/items/{item.pk}/proposal/")
    page.locator("[name=clause]").first.fill(CHAIRS_CLAUSE)
    photograph(page, "chair-proposes")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".items")).to_be_visible()


def review(page):
    page.get_by_role("button", name="Granska nu").click()
    expect(page.locator("#findings")).to_contain_text("kl.", timeout=PATIENCE * 1000)


def send_summons(page):
    page.get_by_role("link", name="Skicka kallelsen").click()
    expect(page.locator("main")).to_contain_text("Emil Sandhed")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Kallat")


def until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, list(Job.objects.values_list("name", "state", "error"))
        jobs.sweep()  # as the clock of a real house does, should a message be lost
        time.sleep(0.5)


def read(page, item):
    """Read the item: both proposals, and where the number in the text is from; turn the page and back."""
    page.goto("/")
    page.locator(".reader-toc").get_by_role("link", name=TITLE).click()
    sheet = page.locator("article").first
    expect(sheet).to_contain_text(CLAUSE)
    expect(sheet).to_contain_text(CHAIRS_CLAUSE)
    page.locator(".fig[data-origin]").first.click()
    expect(page.locator(".origin").filter(has_text=TITLE).first).to_be_visible()
    photograph(page, "member-reads")
    page.keyboard.press("Escape")
    page.locator("[rel=next]").first.click()
    page.locator("[rel=prev]").first.click()
    expect(page.locator("article").first).to_contain_text(CLAUSE)


def mark_sections_as_done(page, paper):
    """Go from section to section, each leading to the next, until the whole report may go on."""
    page.goto(paper.get_absolute_url())
    progress = page.locator(".report-progress")
    for number in range(int(progress.get_attribute("max"))):
        expect(progress).to_have_js_property("value", number)
        page.get_by_role("button", name="Klarmarkera avsnittet").click()
    page.get_by_role("button", name="Rapporten klar").click()
    expect(page.locator("main")).to_contain_text("väntar på godkännande")


def read_report(page, paper):
    """Open the report's item, read what it says of the money, and see where the number is from."""
    page.locator(".reader-items").click()
    page.locator(".reader-toc").get_by_role("link", name=paper.title).click()
    sentence = page.get_by_text("Prognosen för helåret är ett").first
    expect(sentence).to_contain_text(re.compile(r"överskott om 57,7\smiljoner\skronor"))
    page.locator(".fig[data-origin]").locator("visible=true").first.click()
    expect(page.locator(".origin").locator("visible=true")).to_have_count(1)


def text_of_papers(page):
    """Download everything and return its words on one line."""
    address = page.get_by_role("link", name="Ladda ner allt").first.get_attribute("href")
    pdf = page.context.request.get(address).body()
    return " ".join(pages_of(pdf))
