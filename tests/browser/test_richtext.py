"""The editor in a browser, under the policy of production: see richtext_page.py for the page."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from core.richtext.widgets import editor_labels
from tests.browser import richtext_page
from tests.browser.office import keep_warm

FIXTURES = Path(__file__).parent.parent / "fixtures" / "word"
PATIENCE = 15_000  # milliseconds, of a busy machine
A_STEP = 600  # what is done within half a second is one step to undo
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.urls("tests.browser.richtext_page")


@pytest.fixture(scope="module")
def context(chromium, building):
    context = chromium.new_context(base_url=building, locale="sv-SE", viewport={"width": 1280, "height": 900})
    keep_warm(context)
    return context


@pytest.fixture
def editor(context, building):
    richtext_page.drafts.clear()
    richtext_page.stored.clear()
    editor = Editor(context.new_page(), building)
    editor.open()
    yield editor
    editor.page.close()
    assert editor.complaints == []


def word(key, **values):
    """Return a label as the page shows it, translated or not."""
    with override("sv"):
        return editor_labels()[key] % values


def button(msgid):
    with override("sv"):
        return gettext(msgid)


class Editor:
    """The page as a writer meets it, with the console listened to."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.complaints = []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.keyboard = page.keyboard

    def _heard(self, kind, text):
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    @contextmanager
    def complaining(self, pattern):
        """Take complaints of the network, which the test itself has caused, as they come."""
        yield
        self.complaints = [text for text in self.complaints if not re.search(pattern, text)]

    def open(self):
        self.page.goto(self.url)
        self.until(lambda: self.count == 2)
        self.body = self.page.get_by_role("textbox", name="Brödtext")

    def until(self, condition):
        for _ in range(300):
            if condition():
                return
            self.page.wait_for_timeout(50)
        assert condition()

    @property
    def count(self):
        return self.page.evaluate('import("richtext/editors").then(({ editors }) => editors.size)')

    @property
    def html(self):
        return self.page.locator("#id_body").input_value()

    def reads(self, html):
        """Wait until this is what would be sent."""
        expect(self.page.locator("#id_body")).to_have_value(html, timeout=PATIENCE)

    def stands_in_text(self):
        """Wait until the next key would go into the text."""
        expect(self.page.locator(".tiptap:focus")).to_have_count(1, timeout=PATIENCE)

    def a_frame_later(self):
        """Wait for what the editor leaves to the browser's next frame, such as moving the focus."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )

    @property
    def state(self):
        return self.page.locator("[data-autosave-state]").inner_text()

    def focus(self):
        self.body.focus()
        self.a_frame_later()

    def write(self, text):
        self.focus()
        self.keyboard.press("Control+End")
        self.keyboard.type(text)

    def start_with(self, html):
        """Put a text into the editor, the cursor at its end."""
        script = """async ([html]) => {
          const { editors, setText } = await import("richtext/editors")
          setText(document.getElementById("id_body"), html)
        }"""
        self.page.evaluate(script, [html])
        self.focus()
        self.keyboard.press("Control+End")

    def paste(self, html):
        self.focus()
        script = """([html]) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/html", html)
          clipboardData.setData("text/plain", "text")
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
          document.querySelector(".tiptap").dispatchEvent(event)
        }"""
        self.page.evaluate(script, [html])

    def tool(self, key):
        toolbar = self.page.get_by_role("toolbar", name=word("toolbar", label="Brödtext"))
        return toolbar.get_by_role("button", name=word(key), exact=True)

    def use(self, key):
        self.tool(key).click()
        self.a_frame_later()

    def go_to_tool(self, key):
        """Walk to a tool as one does without a mouse."""
        self.keyboard.press("Alt+F10")
        for _ in range(30):
            if self.focused == word(key):
                return
            self.keyboard.press("ArrowRight")
        pytest.fail(f"no way to {word(key)}: stands on {self.focused}")

    @property
    def focused(self):
        return self.page.evaluate(
            "document.activeElement.getAttribute('role') ?? document.activeElement.innerText"
        )


def test_what_is_typed_lands_in_the_form(editor):
    editor.write("Nämnden beslutar.")

    editor.reads("<p>Nämnden beslutar.</p>")


def test_bold_heading_and_list_by_keyboard_and_toolbar(editor):
    editor.write("Läget")
    editor.use("heading")
    editor.stands_in_text()
    editor.keyboard.press("Enter")
    editor.keyboard.press("Control+b")
    editor.keyboard.type("Kort")
    editor.keyboard.press("Control+b")
    editor.keyboard.type(" kö.")
    editor.keyboard.press("Enter")
    editor.keyboard.type("- ett")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Tab")
    editor.keyboard.type("under")

    editor.reads(
        "<h2>Läget</h2><p><strong>Kort</strong> kö.</p>"
        "<ul><li><p>ett</p><ul><li><p>under</p></li></ul></li></ul>"
    )


def test_a_table_is_made_filled_and_left_by_keyboard(editor):
    editor.focus()
    editor.go_to_tool("table")
    editor.keyboard.press("Enter")
    editor.stands_in_text()
    for text in ["Område", "Minuter", "Mål", "Centrum", "31,5"]:
        editor.keyboard.type(text)
        editor.keyboard.press("Tab")

    editor.keyboard.press("Escape")

    assert editor.html.count("<th") == 3
    assert "<p>31,5</p>" in editor.html
    assert editor.focused == word("table")


def test_the_tools_of_a_table_show_only_inside_one(editor):
    editor.write("Före.")
    assert not editor.tool("rowAfter").is_visible()

    editor.use("table")
    editor.use("rowAfter")
    editor.use("columnAfter")
    editor.use("deleteColumn")
    editor.use("headerColumn")

    assert editor.html.count("<tr>") == 4
    assert editor.html.count("<th") == 3 + 3
    editor.use("deleteTable")
    editor.reads("<p>Före.</p>")


def test_escape_goes_from_text_to_tools_and_back(editor):
    editor.write("Text")

    editor.keyboard.press("Escape")
    assert editor.focused == word("heading")

    editor.keyboard.press("Escape")
    editor.stands_in_text()


def test_a_text_from_word_keeps_its_structure_and_nothing_else(editor):
    editor.paste((FIXTURES / "word.html").read_text())

    editor.reads(
        "<h2>Uppföljning av hemtjänsten</h2><h2>Bakgrund</h2>"
        "<p>Nämnden <strong>beslutade</strong> i mars om ”längre besök” – det <em>gäller</em> ännu"
        '<span data-footnote="">Protokoll 2023-03-14, § 27.</span>.</p><p>Tiden är sju minuter.</p>'
        '<ol data-type="decimal"><li><p>Planera besöken</p>'
        '<ol data-type="lower-alpha" type="a"><li><p>Med brukaren</p>'
        '<ol data-type="lower-roman" type="i"><li><p>I <strong>hemmet</strong></p></li></ol></li></ol></li>'
        "<li><p>Följ upp</p></li></ol><ul><li><p>Varje kvartal</p></li></ul><h3>Utfall</h3>"
        "<table><tbody><tr><th><p>Område</p></th><th><p>Minuter</p></th></tr>"
        "<tr><td><p>Centrum</p></td><td><p>31,5</p></td></tr></tbody></table>"
        '<p>Se <a href="https://lindvassa.example/plan">planen</a> och avsnittet.</p>'
    )
    assert editor.page.evaluate("window.pwned === undefined")


def test_a_text_from_google_docs_is_bold_only_where_it_was(editor):
    editor.paste((FIXTURES / "google.html").read_text())

    editor.reads(
        "<h2>Rubrik</h2><p><strong>Fet</strong> vanlig <em>kursiv</em></p>"
        "<ul><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>två</p></li></ul>"
    )


def test_a_text_from_libreoffice_keeps_its_notes_and_header_cells(editor):
    editor.paste((FIXTURES / "libreoffice.html").read_text())

    assert editor.html.startswith(
        '<h2>Läget</h2><p>Kön är <strong>kortare</strong><span data-footnote="">Räknat den 31 maj.</span>'
        " än i höstas.</p><table>"
    )
    assert editor.html.count("<th") == 2


CHIP = (
    '<span data-figure="fact.value"'
    ' data-args="{&quot;form&quot;:&quot;words&quot;,&quot;key&quot;:&quot;unexecuted.executed&quot;,'
    '&quot;period&quot;:&quot;this&quot;}">sju</span>'
)


def pick_by_keyboard(editor, wanted):
    editor.go_to_tool("figure")
    editor.keyboard.press("Enter")
    editor.until(lambda: editor.page.get_by_role("radio").count() > 0)
    editor.keyboard.type(wanted)


def test_a_value_is_put_in_by_keyboard_alone(editor):
    editor.write("Nämnden verkställde ")

    pick_by_keyboard(editor, "verkställda")
    editor.keyboard.press("Enter")
    editor.until(lambda: "data-figure" in editor.html)
    editor.stands_in_text()
    editor.keyboard.type(" beslut.")

    editor.reads(f"<p>Nämnden verkställde {CHIP} beslut.</p>")


def test_enter_on_a_value_changes_its_form(editor):
    editor.start_with(f"<p>Det var {CHIP}</p>")
    editor.keyboard.press("ArrowLeft")

    editor.keyboard.press("Enter")
    editor.until(lambda: editor.focused == "" and editor.page.locator("#figure-picker :checked").count() == 2)
    editor.page.get_by_role("radio", name="7", exact=True).check()
    editor.keyboard.press("Enter")
    editor.a_frame_later()

    editor.reads(f"<p>Det var {CHIP.replace('words', 'number').replace('sju', '7')}</p>")


def test_a_value_without_any_number_yet_cannot_be_put_in(editor):
    editor.write("Text ")

    pick_by_keyboard(editor, "utan värde")

    assert editor.page.get_by_role("button", name=button("Insert"), exact=True).is_disabled()


def test_leaving_the_list_of_values_changes_nothing(editor):
    editor.write("Text")

    pick_by_keyboard(editor, "verk")
    editor.keyboard.press("Escape")

    editor.stands_in_text()
    editor.reads("<p>Text</p>")


def test_when_the_values_cannot_be_fetched_it_says_so_and_tries_again(editor):
    with editor.complaining("Failed to load resource"):
        editor.page.route("**/figures/", lambda route: route.abort(), times=1)
        editor.use("figure")
        state = editor.page.locator("[data-picker-state]")
        editor.until(lambda: state.inner_text() == word("figuresFailed"))

        editor.page.get_by_role("button", name=button("Try again"), exact=True).click()
        editor.until(lambda: state.inner_text() == word("figuresFound", count=3))


def test_values_follow_the_server_without_being_a_step_to_undo(editor):
    editor.start_with(f"<p>Det var {CHIP}</p>")
    editor.page.wait_for_timeout(A_STEP)
    editor.keyboard.type(" då")
    args = {"form": "words", "key": "unexecuted.executed", "period": "this"}

    editor.page.evaluate(
        'async ([figures]) => (await import("richtext/editors")).refreshFigures(figures)',
        [[{"name": "fact.value", "args": args, "text": "åtta"}]],
    )

    editor.reads(f"<p>Det var {CHIP.replace('sju', 'åtta')} då</p>")
    editor.focus()
    editor.keyboard.press("Control+z")
    editor.reads(f"<p>Det var {CHIP.replace('sju', 'åtta')}</p>")


def test_a_passage_is_masked_and_unmasked_by_keyboard(editor):
    editor.write("hemlig")
    assert editor.tool("mask").get_attribute("aria-disabled") == "true"

    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+Shift+m")
    editor.reads('<p><span data-mask="">hemlig</span></p>')
    assert editor.tool("mask").get_attribute("aria-pressed") == "true"

    editor.keyboard.press("Control+Shift+m")
    editor.reads("<p>hemlig</p>")


def test_what_is_put_into_a_secret_is_secret(editor):
    editor.start_with('<p><span data-mask="26:1">före efter</span></p>')
    for _ in range(len("efter")):
        editor.keyboard.press("ArrowLeft")

    editor.use("footnote")
    editor.keyboard.type("not")
    editor.page.get_by_role("button", name=button("Put in"), exact=True).click()
    editor.stands_in_text()
    editor.paste("<p>klistrat <b>in</b></p>")

    editor.reads(
        '<p><span data-mask="26:1">före <span data-footnote="">not</span>'
        "klistrat <strong>in</strong>efter</span></p>"
    )


def test_a_note_is_written_changed_and_removed(editor):
    editor.write("Text")
    editor.use("footnote")
    editor.keyboard.type("Protokoll § 27.")
    editor.page.get_by_role("button", name=button("Put in"), exact=True).click()
    editor.a_frame_later()
    editor.reads('<p>Text<span data-footnote="">Protokoll § 27.</span></p>')

    editor.page.locator(".rt-footnote").dblclick()
    editor.page.get_by_label(button("Words of the note")).fill("Protokoll § 28.")
    editor.page.get_by_role("button", name=button("Put in"), exact=True).click()
    editor.a_frame_later()
    editor.reads('<p>Text<span data-footnote="">Protokoll § 28.</span></p>')

    editor.page.locator(".rt-footnote").dblclick()
    editor.page.get_by_role("button", name=button("Remove"), exact=True).click()
    editor.a_frame_later()
    editor.reads("<p>Text</p>")


def test_a_link_wants_an_address_it_can_follow(editor):
    editor.write("planen")
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+k")
    field = editor.page.get_by_label(button("Web or e-mail address"))

    field.fill("javascript:alert(1)")
    editor.keyboard.press("Enter")
    assert field.evaluate("field => field.validationMessage") == word("badLink")

    field.fill("lindvassa.example/plan")
    editor.keyboard.press("Enter")
    editor.a_frame_later()
    editor.reads('<p><a href="https://lindvassa.example/plan">planen</a></p>')


def test_a_reference_names_number_paragraph_and_day(editor):
    editor.write("Se ")
    editor.use("reference")
    editor.page.get_by_label(button("Number, such as KS 2025/123")).fill("KS 2023/117")
    editor.page.get_by_label(button("Paragraph (§)")).fill("41")
    editor.page.get_by_label(button("Decided on")).fill("2023-03-12")
    editor.keyboard.press("Enter")
    editor.a_frame_later()

    editor.reads(
        '<p>Se <span data-reference="KS 2023/117" data-paragraph="§ 41" data-date="2023-03-12">'
        "KS 2023/117 § 41</span></p>"
    )


def test_undo_takes_back_and_redo_brings_again(editor):
    editor.write("Text")
    assert editor.tool("redo").get_attribute("aria-disabled") == "true"

    editor.use("undo")
    editor.reads("")

    editor.use("redo")
    editor.reads("<p>Text</p>")


def test_what_the_server_stores_is_what_the_editor_wrote(editor):
    editor.paste((FIXTURES / "word.html").read_text())
    editor.use("figure")
    editor.until(lambda: editor.page.get_by_role("radio").count() > 0)
    editor.keyboard.press("Enter")
    editor.a_frame_later()
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+Shift+m")
    written = editor.html

    editor.page.get_by_role("button", name="Spara", exact=True).click()
    editor.page.wait_for_load_state()
    editor.until(lambda: editor.count == 2)

    assert written.count("data-mask") > 9
    assert richtext_page.stored["body"].replace("&nbsp;", "\u00a0") == written.replace("&nbsp;", "\u00a0")
    editor.reads(richtext_page.stored["body"])


def test_the_text_saves_itself_and_says_when(editor):
    editor.write("Första")

    editor.until(lambda: editor.state == word("saved", time="14.02"))

    assert richtext_page.drafts == [{"base_version": "7", "body": "<p>Första</p>"}]


def test_what_is_kept_but_cannot_be_saved_is_not_called_saved(editor):
    editor.write("NUMMER")

    editor.until(
        lambda: editor.state == f"{word('draftKept', time='14.02')} Ett personnummer kan inte sparas."
    )


def test_without_connection_the_text_stays_and_is_saved_later(editor):
    with editor.complaining("ERR_INTERNET_DISCONNECTED"):
        editor.page.context.set_offline(True)
        editor.write("Skrivet på tåget")
        editor.until(lambda: editor.state == word("offline"))
        editor.reads("<p>Skrivet på tåget</p>")

        editor.page.context.set_offline(False)
        editor.until(lambda: editor.state == word("saved", time="14.02"))

    assert richtext_page.drafts[-1]["body"] == "<p>Skrivet på tåget</p>"


def test_text_that_was_never_saved_is_offered_again(editor):
    with editor.complaining("500"):
        editor.page.route("**/draft/", lambda route: route.fulfill(status=500), times=1)
        editor.write("Bara här")
        editor.until(lambda: editor.state == word("notSaved"))
        editor.page.on("dialog", lambda dialog: dialog.accept())
        editor.open()
        editor.reads("")

        editor.page.get_by_role("button", name=word("restore"), exact=True).click()

    editor.reads("<p>Bara här</p>")
    editor.until(lambda: editor.state == word("saved", time="14.02"))
    editor.open()
    assert editor.page.get_by_role("button", name=word("restore"), exact=True).count() == 0


def test_a_conflict_leads_to_both_texts(editor):
    with editor.complaining("409"):
        editor.write("UPPTAGET")
        editor.until(lambda: editor.state.startswith(word("conflict")))

    link = editor.page.get_by_role("link", name=word("compare"), exact=True)
    assert link.get_attribute("href") == "/versions/"
    editor.reads("<p>UPPTAGET</p>")


def test_what_the_server_refuses_is_said_in_its_words(editor):
    with editor.complaining("422"):  # maybe twice: in a pause while the wrong words still stand there
        editor.write("FEL")
        editor.until(lambda: editor.state == "Texten innehåller ett personnummer.")

        editor.keyboard.press("Control+a")
        editor.keyboard.type("rättat")
        editor.until(lambda: editor.state == word("saved", time="14.02"))


def test_a_text_that_is_too_large_is_not_sent_and_not_lost(editor):
    editor.page.evaluate(
        """() => {
          const textarea = document.getElementById("id_summary")
          textarea.value = "å".repeat(3 * 1024 * 1024)
          textarea.dispatchEvent(new Event("input", { bubbles: true }))
        }"""
    )
    editor.until(lambda: editor.state.startswith(word("tooLarge")))

    editor.page.get_by_role("button", name="Spara", exact=True).click()

    assert richtext_page.drafts == []
    assert richtext_page.stored == {}
    assert editor.page.evaluate('document.getElementById("id_summary").value.length') == 3 * 1024 * 1024


def test_only_unsaved_text_holds_the_writer_back(editor):
    asked = []
    editor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.write("Sparad")
    editor.until(lambda: editor.state == word("saved", time="14.02"))
    editor.open()
    assert asked == []

    editor.write("Osparad")
    editor.open()
    assert asked == ["beforeunload"]


def test_whoever_is_logged_out_is_told_and_keeps_the_text(editor):
    editor.write("UTLOGGAD")

    editor.until(lambda: editor.state == word("loggedOut"))

    editor.reads("<p>UTLOGGAD</p>")


def test_after_logging_in_again_elsewhere_saving_goes_on(editor):
    editor.page.context.add_cookies([{"name": "csrftoken", "value": "n" * 32, "url": editor.url}])

    editor.write("Inloggad igen")
    editor.until(lambda: editor.state == word("saved", time="14.02"))
    editor.page.get_by_role("button", name="Spara", exact=True).click()
    editor.page.wait_for_load_state()
    editor.until(lambda: editor.count == 2)

    editor.reads("<p>Inloggad igen</p>")


def test_a_plain_field_saves_itself_as_an_editor_does(editor):
    editor.page.get_by_label("Att-sats").press_sequentially("att godkänna")

    editor.until(lambda: editor.state == word("saved", time="14.02"))

    assert richtext_page.drafts[-1] == {"base_version": "7", "clause": "att godkänna"}


def test_of_two_editors_only_the_one_in_use_shows_its_tools(editor):
    toolbars = editor.page.locator(".rt-bar")
    summary = editor.page.get_by_role("textbox", name="Sammanfattning")
    summary.focus()
    assert [toolbars.nth(0).is_visible(), toolbars.nth(1).is_visible()] == [False, True]

    editor.body.focus()
    assert [toolbars.nth(0).is_visible(), toolbars.nth(1).is_visible()] == [True, False]


def test_editors_come_and_go_with_htmx(editor):
    more = editor.page.get_by_role("button", name="Mer", exact=True)
    more.click()
    editor.until(lambda: editor.count == 4)

    with editor.page.expect_response(lambda response: True):
        more.click()
    editor.page.wait_for_timeout(300)

    assert editor.page.locator("#more .tiptap").count() == 2
    assert editor.count == 4


def test_the_label_leads_into_the_text(editor):
    editor.page.locator("label[for=id_body]").click()

    editor.stands_in_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(editor, scheme):
    editor.page.emulate_media(color_scheme=scheme)
    editor.paste((FIXTURES / "word.html").read_text())
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+Shift+m")
    assert violations(editor) == []

    editor.use("figure")
    editor.until(lambda: editor.page.get_by_role("radio").count() > 0)
    assert violations(editor) == []

    editor.keyboard.press("Escape")
    editor.use("footnote")
    assert violations(editor) == []


def violations(editor):
    found = Axe().run(editor.page, options={"runOnly": RULES})
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(editor, width):
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.paste((FIXTURES / "word.html").read_text())
    editor.use("figure")

    assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
