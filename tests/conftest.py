"""People, a committee and a stopped clock for every test."""

import gc
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from core.memory import collector_paused
from tests import databases
from tests.demo import demo_copy, demo_files  # noqa: F401  fixtures for everybody
from tests.factories import TODAY, BodyFactory, PersonFactory, person_as

STAFF = ("secretary", "case_officer", "head", "chair")
EVERYBODY = (*STAFF, "member", "substitute", "administrator", "stranger")


# Folders whose tests mostly wait: for a lease to run out, for a server, for a browser, which in turn waits for the demo.
# Begun last, they would be waited for alone; and so would those with the longest tests, which print whole reports.
WAITING = {"workers": 0, "ops": 1, "browser": 2, "reports": 3, "config": 4}


def pytest_collection_modifyitems(items):
    """Let the tests that wait, or are waited for, begin first, so that the others fill the cores meanwhile."""
    items.sort(key=lambda item: WAITING.get(item.path.parent.name, len(WAITING)))


def pytest_collection_finish():
    """Keep the collector of garbage from looking again and again through all that stays until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, tmp_path_factory, django_db_blocker, django_db_modify_db_settings_parallel_suffix
):
    """Let one process migrate an empty database, and the test databases of all be copies of it."""
    test = connection.settings_dict["TEST"]
    own = test["NAME"] or f"test_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock():
        if request.config.getvalue("create_db") or not databases.exists(own):
            test["TEMPLATE"] = _migrated(databases.shared_folder(tmp_path_factory))


def _migrated(shared):
    name = databases.name_of("migrated")
    with databases.first(shared, "migrated") as is_first:
        if is_first:
            databases.make(name)
            with databases.connected_to(name), collector_paused():
                call_command("migrate", verbosity=0)
    return name


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    """The clock stands still, files go where the test leaves no trace."""
    settings.TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def body(db):
    return BodyFactory()


def _fixture_of(key):
    @pytest.fixture(name=key)
    def somebody(body):
        return person_as(key, body)

    return somebody


secretary = _fixture_of("secretary")
case_officer = _fixture_of("case_officer")
head = _fixture_of("head")
chair = _fixture_of("chair")
member = _fixture_of("member")
substitute = _fixture_of("substitute")
administrator = _fixture_of("administrator")


@pytest.fixture
def stranger(db):
    """Somebody who may log in and belongs nowhere."""
    return PersonFactory()


@pytest.fixture
def people(request):
    """Everybody, by role: people.secretary, people.stranger …"""
    return SimpleNamespace(**{key: request.getfixturevalue(key) for key in EVERYBODY})


@pytest.fixture
def client_for():
    """Return a function that gives the browser of somebody who is logged in."""

    def logged_in(person):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in
