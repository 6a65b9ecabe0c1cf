"""Writing a report in a browser: what the register knows is offered while one types, and taken or left."""

from playwright.sync_api import expect

from cases.register import services as register
from cases.register.models import Document
from committee.models import Period
from core.richtext.references import own_words
from tests.browser.office import person, says
from tests.browser.places import reported as period
from tests.browser.test_axe import violations


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
