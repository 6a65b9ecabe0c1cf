"""Queries and server time of every page, in a small and in a large house: `bin/bench pages`."""

import gc
import logging
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from benchmarks import databases, house
from benchmarks.table import circumstances, percentile_95, result, table
from benchmarks.workers import forget_messages
from config.demo.people import everybody
from tests.secrecy.crawling import visits

SMALL, LARGE = 1, 20
WORST = 10  # pages that are named for how much they grow
TIMED = 3  # addresses of each kind of page and role: the slowest when all were asked for once
ROLES = dict(zip(("secretary", "officer", "member"), house.SEES, strict=True))
BACKEND = "django.contrib.auth.backends.ModelBackend"
OURS = ("cases.", "committee.", "core.", "reports.")
MODELS = ("register.Case", "register.Document", "agenda.AgendaItem", "register.Attachment", "core.Job")


@dataclass
class Page:
    """What one person sees at one address, and what it costs at each scale."""

    role: str
    address: str
    view: str  # the URL's name
    queries: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, list[float]] = field(default_factory=lambda: {SMALL: [], LARGE: []})

    def milliseconds(self, scale: int) -> float:
        return 1000 * median(self.seconds[scale])

    @property
    def ratio(self) -> float:
        return self.milliseconds(LARGE) / self.milliseconds(SMALL)


class Counter:
    """Counts the queries of a connection while it is in use."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)


@dataclass
class House:
    """One database with its rows, and a browser for each role."""

    scale: int
    connection: BaseDatabaseWrapper
    browsers: dict[str, Client] = field(default_factory=dict)

    def using(self):
        return databases.using(self.connection, keep_open=True)

    def open(self) -> None:
        with self.using():
            cast = everybody()
            for role, key in ROLES.items():
                self.browsers[role] = Client(SERVER_NAME="localhost")
                self.browsers[role].force_login(cast.people[key], BACKEND)

    def get(self, page: Page) -> tuple[int, float]:
        """Return the queries and the seconds of one request."""
        counter = Counter()
        with self.using(), connection.execute_wrapper(counter):
            started = time.perf_counter()
            response = self.browsers[page.role].get(page.address)
            seconds = time.perf_counter() - started
        if response.status_code != 200:
            raise SystemExit(f"{page.address} answers {response.status_code} to the {page.role}.")
        return counter.count, seconds


def run(options: Namespace) -> None:
    """Measure and print; `options` has `repeat`."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # some links are for posting to only
    print(f"bin/bench pages: {circumstances()}; medians of {options.repeat}", flush=True)
    databases.make_base()
    try:
        houses = _houses()
        pages = list(_pages(houses[0]))
        _count(pages, houses)
        kinds = _kinds(pages)
        timed = [page for same in kinds.values() for page in _slowest(same)]
        print(f"{len(pages)} pages of {len(kinds)} kinds; {len(timed)} are timed", flush=True)
        # All that was crawled is held here: to search it for garbage would take longer than a page.
        gc.collect()
        gc.freeze()
        for page in timed:
            _measure(page, houses, options.repeat)
        print(f"\n{_shown(kinds)}\n\n{_worst(timed)}\n\n{_unreached(pages)}\n{_result(pages, timed)}")
        for one in houses:
            one.connection.close()
    finally:
        databases.drop("base", *map(_label, (SMALL, LARGE)))
        forget_messages()


def _label(scale: int) -> str:
    return f"pages_{scale}"


def _houses() -> list[House]:
    """Make the small house, and the large one as a copy of it with more in it."""
    made = []
    template = "base"
    for scale, layers in ((SMALL, range(1, SMALL + 1)), (LARGE, range(SMALL + 1, LARGE + 1))):
        databases.make(_label(scale), template=databases.name_of(template))
        with databases.using(databases.connected(_label(scale))):
            house.furnish(layers)
            print(f"scale {scale}: {_rows()}", flush=True)
        made.append(House(scale, databases.connected(_label(scale))))
        template = _label(scale)
    for one in made:
        one.open()
    return made


def _rows() -> str:
    """Tell how many rows there are of what fills the pages."""
    return ", ".join(f"{apps.get_model(model).objects.count()} {model}" for model in MODELS)


def _pages(one: House) -> Iterator[Page]:
    """Follow every link from the start page, as each role; every page that answers in HTML, once."""
    for role, browser in one.browsers.items():
        with one.using():
            found = {_where(address, response): response for address, response, _content in visits(browser)}
        for address, response in found.items():
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                yield Page(role, address, response.resolver_match.view_name)


def _where(address: str, response) -> str:
    """Return where a request ended that was led on."""
    return response.redirect_chain[-1][0] if response.redirect_chain else address


def _count(pages: list[Page], houses: list[House]) -> None:
    """Ask for every page twice in both houses: what is asked once in a process is not counted."""
    for page in pages:
        for one in houses:
            one.get(page)
            page.queries[one.scale], seconds = one.get(page)
            page.seconds[one.scale] = [seconds]


def _slowest(pages: list[Page]) -> list[Page]:
    """Return the pages of one kind and role that are worth measuring."""
    return sorted(pages, key=lambda page: page.milliseconds(LARGE), reverse=True)[:TIMED]


def _measure(page: Page, houses: list[House], repeat: int) -> None:
    """Ask for a page in both houses in turn: the machine is never quite still."""
    page.seconds = {one.scale: [] for one in houses}
    for _time in range(repeat):
        for one in houses:
            page.seconds[one.scale].append(one.get(page)[1])


def _kinds(pages: list[Page]) -> dict[tuple[str, str], list[Page]]:
    """Return the pages by what they show and to whom."""
    kinds: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        kinds.setdefault((page.view, page.role), []).append(page)
    return dict(sorted(kinds.items()))


def _shown(kinds: dict[tuple[str, str], list[Page]]) -> str:
    """Return one line for each kind of page and role: most queries, and the time of the slowest address."""
    heads = ["page, role", "addresses", "queries 1", "20", "ms 1", "20", "20 to 1", "slowest"]
    return table(heads, [_line(view, role, same) for (view, role), same in kinds.items()])


def _line(view: str, role: str, same: list[Page]) -> list[object]:
    slowest = _slowest(same)[0]
    return [
        f"{view}, {role}",
        len(same),
        *(max(page.queries[scale] for page in same) for scale in (SMALL, LARGE)),
        *_times(slowest),
        slowest.address,
    ]


def _worst(timed: list[Page]) -> str:
    """Name the pages that grow most: they need not be the slowest of their kind."""
    heads = ["grows most", "ms 1", "20", "20 to 1", "address"]
    grown = sorted(timed, key=lambda page: page.ratio, reverse=True)[:WORST]
    rows = [[f"{page.view}, {page.role}", *_times(page), page.address] for page in grown]
    return table(heads, rows)


def _times(page: Page) -> list[str]:
    return [*(f"{page.milliseconds(scale):.1f}" for scale in (SMALL, LARGE)), f"x{page.ratio:.2f}"]


def _unreached(pages: list[Page]) -> str:
    """Name the pages of ours that no link leads to, so that nobody takes the table for more than it is."""
    missing = sorted(_readable() - {page.view for page in pages})
    return f"Not measured, for no link leads these roles there: {', '.join(missing)}."


def _readable() -> set[str]:
    """Return the names of all addresses of ours that answer a GET."""
    return {name for name, pattern in _named(get_resolver()) if hasattr(pattern.callback.view_class, "get")}


def _named(resolver: URLResolver, app: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield each address of ours with its full name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _named(one, one.app_name or app)
        elif hasattr(one.callback, "view_class") and one.callback.__module__.startswith(OURS):
            yield f"{app}:{one.name}", one


def _result(pages: list[Page], timed: list[Page]) -> str:
    return (
        f"max_queries: of every page at either scale. worst_ratio: server time at 20 ÷ at 1, p95_ms: what 19 in 20 "
        f"do not exceed at 20; both of the pages that are timed, the {TIMED} slowest of each line.\n"
        + result(
            max_queries=max(max(page.queries.values()) for page in pages),
            worst_ratio_20_to_1=max(page.ratio for page in timed),
            p95_ms=percentile_95([page.milliseconds(LARGE) for page in timed]),
        )
    )
