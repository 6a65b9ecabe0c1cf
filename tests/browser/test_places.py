"""No page of ours is forgotten when all pages are looked at."""

from django.urls import URLResolver, get_resolver, resolve

from core.views import PostOnly
from tests.browser.places import EVERYWHERE, NOT_LOOKED_AT, path_of
from tests.browser.test_finance import PLACES as OF_THE_ECONOMY

OURS = ("cases.", "committee.", "core.", "reports.")


def test_every_address_that_is_read_is_looked_at_or_it_is_said_why_not(db):
    paths = [path_of(name) for _who, name in EVERYWHERE if name != "missing"]
    looked_at = {view_at(path) for path in [*paths, *(place() for place in OF_THE_ECONOMY.values())]}

    assert read_by_somebody(get_resolver()) - looked_at == set(NOT_LOOKED_AT)


def view_at(path):
    return resolve(path.partition("?")[0]).view_name


def read_by_somebody(resolver, app=""):
    """Return the names of all addresses of ours that answer a GET."""
    names = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            names |= read_by_somebody(one, one.app_name or app)
        elif one.callback.__module__.startswith(OURS) and answers_get(one.callback.view_class):
            names.add(f"{app}:{one.name}")
    return names


def answers_get(view):
    return hasattr(view, "get") and "get" in view.http_method_names and not issubclass(view, PostOnly)
