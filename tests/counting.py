"""How often a page asks the database: one counter for all pages, and the most that one may."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 12


def queries(browser, address, **asking):
    """Return what a page asks, the start of each question; what is asked once in a process, such as content types, aside."""
    assert browser.get(address, **asking).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address, **asking).status_code == 200, address
    return [query["sql"][:160] for query in asked]
