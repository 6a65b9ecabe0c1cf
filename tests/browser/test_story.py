"""The thread through all layers, as its users walk it: officer → head → chair → secretary → member."""

import re
import time
from io import BytesIO

import pypdf
import pytest
from playwright.sync_api import expect

from cases.agenda.models import AgendaItem
from cases.register.models import Document
from committee.models import Meeting
from core import jobs
from core.models import Job
from reports.models import Rendition

PATIENCE = 90.0  # seconds that a worker may take
TITLE = "Samverkan mot våld i nära relationer"
CLAUSE = "att anta riktlinjerna för samverkan mot våld i nära relationer"
CHAIRS_CLAUSE = "att anta riktlinjerna och följa upp dem i december"


@pytest.fixture
def house(office, worker):
    """Opens pages as anybody; nobody waits for the files that came with the demo."""
    Job.objects.active().update(state=Job.State.CANCELLED)
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
    send_summons(secretary, meeting)

    member = house("member")
    read(member, item)
    assert CLAUSE in text_of_papers(member)


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
    address = page.url
    page.get_by_role("button", name="Klar", exact=True).click()
    expect(page.locator("main")).to_contain_text("Väntar på godkännande")
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
    page.get_by_role("link", name="Godkänn", exact=True).click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Godkänd")


def put_on_agenda(page, meeting):
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Lägg till en punkt").click()
    page.select_option("[name=document]", str(Document.objects.get(title=TITLE).pk))
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
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".items")).to_be_visible()


def send_summons(page, meeting):
    """Review, see what is found, send; wait until the worker has made all papers."""
    page.goto(meeting.get_absolute_url())
    page.get_by_role("button", name="Granska nu").click()
    until(lambda: not Job.objects.active().filter(name="core.review").exists())
    expect(page.locator("#findings")).to_contain_text("Platshållare kvar")
    page.get_by_role("link", name="Skicka kallelsen").click()
    expect(page.locator("main")).to_contain_text("Emil Sandhed")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Kallat")
    until(lambda: Rendition.objects.filter(kind="handlingar").exists())


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
    page.keyboard.press("Escape")
    page.locator("[rel=next]").first.click()
    page.locator("[rel=prev]").first.click()
    expect(page.locator("article").first).to_contain_text(CLAUSE)


def text_of_papers(page):
    """Download everything and return its words on one line."""
    address = page.get_by_role("link", name="Ladda ner allt").first.get_attribute("href")
    pdf = page.context.request.get(address).body()
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("- ", "")
