"""axe finds nothing on any page, in light and dark, nor in what opens above it; none is wider than a phone."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.office import says
from tests.browser.places import EVERYWHERE, path_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"color-contrast": "*", "link-in-text-block": "a[href], [role=link]"}  # which parts they look at
EVERYTHING = {"runOnly": RULES}
OF_COLOURS = {"runOnly": {"type": "rule", "values": list(COLOURS)}}
# A text has the colours of another whose tags and attributes, up to the root, are the same: one of them is looked at.
# (Every second row of a table may be shaded.)
TWINS = """() => {
  const dress = (node) => [...node.attributes].filter(({name}) => !/^(id|href|for|title|name|value|data-.*)$/.test(name))
    .map(({name, value}) => `${name}=${value}`).join();
  const path = (node) => node ? `${path(node.parentElement)}>${node.tagName}[${dress(node)}]` : "";
  const seen = new Set();
  for (const node of document.body.querySelectorAll("*")) {
    if (![...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim())) continue;
    const row = node.parentElement.parentElement;
    const place = path(node) + [...row.children].indexOf(node.parentElement) % 2;
    node.toggleAttribute("data-twin", seen.has(place));
    seen.add(place);
  }
}"""
COLOURS_OF_EACH_KIND = [
    {"id": rule, "selector": f":is({parts}):not([data-twin])"} for rule, parts in COLOURS.items()
]
REFUSED = {"missing": "404", "forbidden": "403"}
WIDTHS = {
    "a phone": {"width": 320, "height": 640},
    "a page read at double size": {"width": 640, "height": 400},  # what is left of 1280 × 800
}
ABOVE = {
    "user menu": ("agenda", "#user-menu > summary"),
    "item menu": ("agenda", ".item .menu > summary"),
    "reasons": ("agenda", ".waive > summary"),
    "jobs": ("agenda", "#tray > summary"),
    "search": ("agenda", "[data-opens=search-dialog]"),
    "origin": ("preview", ".fig"),
}


def violations(page):
    """Return what axe has to say of the page, and once more of its colours in the dark."""
    page.evaluate(AXE_SCRIPT)
    page.evaluate(TWINS)
    page.evaluate("(rules) => axe.configure({rules})", COLOURS_OF_EACH_KIND)
    return [*run(page, "light", EVERYTHING), *run(page, "dark", OF_COLOURS)]


def run(page, scheme, options):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    asked = json.dumps(options | {"resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({asked})")
    return [
        (scheme, rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]
    ]


def is_wider_than(size, page):
    page.set_viewport_size(size)
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def too_narrow_for(page):
    """Return the sizes at which the page would have to be moved sideways."""
    return [width for width, size in WIDTHS.items() if is_wider_than(size, page)]


@pytest.mark.parametrize(("who", "name"), EVERYWHERE)
def test_no_rule_is_broken_on_a_page_and_it_is_as_narrow_as_it_is_read(office, who, name):
    page = office.enter(who, path_of(name))

    assert violations(page) == []
    assert too_narrow_for(page) == []

    if name in REFUSED:
        office.forgive(REFUSED[name])


@pytest.mark.parametrize(("name", "opened_by"), ABOVE.values(), ids=ABOVE)
def test_no_rule_is_broken_in_what_opens(office, name, opened_by):
    page = office.enter("secretary", path_of(name))
    page.locator(opened_by).first.click()

    assert violations(page) == []


def test_no_rule_is_broken_where_one_is_asked_whether_one_is_sure(office):
    page = office.enter("secretary", path_of("agenda"))
    page.locator(".item .menu > summary").first.click()
    page.get_by_role("button", name=says("Take off the agenda")).click()
    page.get_by_role("dialog", name=says("Take the item off?")).wait_for()

    assert violations(page) == []


def test_no_rule_is_broken_among_the_values_of_the_editor(office):
    page = office.enter("officer", path_of("draft"))
    editor = page.locator(".tiptap").and_(page.get_by_role("textbox", name="Ekonomiska konsekvenser"))
    editor.click()  # the plain field that stood there before it would open no toolbar
    page.get_by_role("button", name=says("Insert value")).locator("visible=true").click()
    page.get_by_role("dialog").get_by_role("radio").first.wait_for()

    assert violations(page) == []


def test_no_rule_is_broken_when_something_is_wrong(office):
    page = office.enter("secretary", path_of("new-item"))
    page.get_by_role("button", name=says("Save"), exact=True).click()
    page.get_by_role("alert").wait_for()

    assert violations(page) == []


def test_no_rule_is_broken_on_a_tablet(office):
    page = office.enter(
        "secretary", path_of("preview"), viewport={"width": 768, "height": 1024}, has_touch=True
    )
    assert violations(page) == []

    page.locator(".reader-items").click()

    assert violations(page) == []
