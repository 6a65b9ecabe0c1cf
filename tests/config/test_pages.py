"""What holds on every page: a strict policy for content, and no way in without logging in."""

import re

import pytest
from django.urls import URLResolver, get_resolver

from tests.factories import CaseFactory, DocumentFactory, ItemFactory, MeetingFactory, call
from tests.secrecy.crawling import visits

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
NONCE = re.compile(r"^'nonce-[\w+/=-]{16,}'$")
# Script or style inside a page: the policy would not let it run, so that it is a fault.
INLINE = re.compile(
    r"<style\b(?![^>]*></style>)|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE
)
DATA = re.compile(r'<script[^>]*\stype="(?:importmap|application/json)"[^>]*>')
ANY = re.compile(r"<\w+:\w+>")
# A mail leads to the last two; what is signed says for whom.
OPEN = ["/health/", "/accent/1.css", "/reminders/off/1/", "/way/1/"]


def policy_of(response):
    """Return a page's policy without its nonces, each of which is made for this page alone."""
    directives = dict(
        one.strip().split(" ", 1) for one in response.headers["Content-Security-Policy"].split(";")
    )
    return {
        name: [source for source in sources.split() if not NONCE.match(source)]
        for name, sources in directives.items()
    }


@pytest.fixture
def office(body, secretary, chair):
    """A meeting that is planned and one that is called, with a case, a report and a draft."""
    report = DocumentFactory(case__body=body, case__owner=secretary, clauses=["att anta"], status="approved")
    DocumentFactory(case=report.case, author=secretary)
    called, planned = MeetingFactory.create_batch(2, body=body, secretary=secretary, chair=chair)
    for meeting in (called, planned):
        ItemFactory(meeting=meeting, case=report.case, document=report, text="<p>Text.</p>")
    call(called)
    return body


def test_every_page_has_the_strict_policy_and_nothing_inline(office, secretary, client_for):
    found = {address: (response, content) for address, response, content in visits(client_for(secretary))}

    assert len(found) > 15
    assert [address for address, (page, _content) in found.items() if policy_of(page) != POLICY] == []
    assert [address for address, (_page, content) in found.items() if inline_in(content)] == []


def inline_in(html):
    """Return the script and style that stands in a page."""
    return INLINE.findall(DATA.sub("", html))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere/", 404), ("/meetings/0/", 404), ("/accounts/login/", 200), ("/health/", 200)],
)
def test_pages_without_log_in_and_pages_of_errors_have_it_too(address, status, db, client):
    response = client.get(address, follow=address == "/meetings/0/")

    assert response.status_code in {status, 200}
    assert policy_of(response) == POLICY
    assert inline_in(response.content.decode()) == []


def test_a_page_that_is_forbidden_has_it_too(office, member, client_for):
    response = client_for(member).get("/meetings/new/")

    assert response.status_code == 403
    assert policy_of(response) == POLICY


def routes(patterns, before=""):
    """Yield every address of ours, with 1 in the place of whatever names a row."""
    for pattern in patterns:
        route = before + written(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif not route.startswith("accounts/"):
            yield "/" + ANY.sub("1", route)


def written(pattern):
    """Return a pattern's route; of one written as an expression, the first that it takes."""
    if hasattr(pattern, "_route"):
        return pattern._route
    first = re.sub(r"\(\?P<\w+>(\w+)\|[^)]*\)", r"\1", pattern._regex.strip("^$"))
    return re.sub(r"\(\?P<\w+>[^)]*\)", "1", first).replace("\\.", ".")


def test_no_address_but_the_open_ones_answers_who_is_not_logged_in(db, client):
    addresses = set(routes(get_resolver().url_patterns))

    answered = sorted(address for address in addresses if not is_asked_to_log_in(client.get(address)))

    assert len(addresses) > 30
    assert answered == sorted(OPEN)


def is_asked_to_log_in(response):
    return response.status_code == 302 and response.url.startswith("/accounts/login/")


def test_a_form_without_its_token_is_refused(office, secretary, client_for):
    browser = client_for(secretary)
    browser.handler.enforce_csrf_checks = True
    meeting = secretary.memberships.get().body.meetings.first()

    assert browser.post(f"/meetings/{meeting.pk}/review/").status_code == 403


def test_pages_may_not_stand_in_frames_nor_be_guessed_at(office, secretary, client_for):
    headers = client_for(secretary).get("/meetings/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_case_list_of_somebody_who_is_logged_in_is_not_kept_by_others(office, secretary, client_for):
    CaseFactory(body=office)

    assert "Cookie" in client_for(secretary).get("/cases/").headers["Vary"]
