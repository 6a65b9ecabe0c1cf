"""The demo as its people meet it: logged in, on a page, with the console listened to."""

import re

from django.test import Client
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Page

from committee.models import Person
from launcher.packages import BROWSERS

CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[0])
# What a test sees of the browser is a page: all that serves it runs in as few processes as can be.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --renderer-process-limit=1 --in-process-gpu"
    " --enable-features=NetworkServiceInProcess2"
).split()
LEFT_OPEN = "/static/favicon.svg"

# The demo's people by the part they play; all are of Lindvassa but the last.
PEOPLE = {
    "secretary": "signe.brohagen",
    "officer": "jesper.wikhammar",
    "head": "marianne.stensjoo",
    "chair": "ulrika.fagerlid",
    "controller": "hillevi.rydlanda",
    "member": "emil.sandhed",
    "substitute": "bosse.norrlid",
    "administrator": "viktor.lundhage",
    "neighbour": "sanna.bergtorpe",
}


def person(who: str) -> Person:
    return Person.objects.get(email__startswith=f"{PEOPLE[who]}@")


def says(msgid: str, **values: object) -> str:
    """Return a text of ours as the page says it."""
    with override("sv"):
        return gettext(msgid) % values if values else gettext(msgid)


# Who leaves a page leaves what it was still fetching; a request that fails says sendError or responseError as well.
LEFT_BEHIND = ("htmx:sendAbort", "htmx:afterRequest")


class Office:
    """Opens pages as anybody in the demo, each in a browser of its own, and hears what they complain of."""

    def __init__(self, url: str, browser: Browser):
        self.url, self.browser = url, browser
        self.homes: dict[str | None, BrowserContext] = {}
        self.pages: list[Page] = []
        self.complaints: list[str] = []

    def enter(self, who: str | None = None, path: str = "/", **options: object) -> Page:
        """Open a page, logged in as `who` when one is given.

        Somebody's pages share a browser, as in life; with `options` of a browser context they get a new one.
        """
        if options or who not in self.homes:
            context = self._context(who, options)
            if not options:
                self.homes[who] = context
                keep_warm(context)
        else:
            context = self.homes[who]
        page = context.new_page()
        self.pages.append(page)
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def _context(self, who: str | None, options: dict[str, object]) -> BrowserContext:
        usual = {"base_url": self.url, "locale": "sv-SE", "viewport": {"width": 1280, "height": 800}}
        context = self.browser.new_context(**usual | options)
        context.set_default_timeout(40_000)
        if who:
            context.add_cookies([{"name": "sessionid", "value": session_of(person(who)), "url": self.url}])
        return context

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(LEFT_BEHIND):
            self.complaints.append(text)

    def forgive(self, pattern: str) -> None:
        """Forget complaints that the test itself has caused, and that have been seen."""
        heard = [text for text in self.complaints if re.search(pattern, text)]
        assert heard, f"nothing was said of {pattern}: {self.complaints}"
        self.complaints = [text for text in self.complaints if text not in heard]

    def leave(self) -> None:
        """Close what one test has opened."""
        for page in self.pages:
            page.close()
        self.pages.clear()

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()


def keep_warm(context: BrowserContext) -> None:
    """Leave a tab open, so that the next page finds the process of the last, and in it what both have in common."""
    context.new_page().goto(LEFT_OPEN)


def session_of(somebody: Person) -> str:
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value
