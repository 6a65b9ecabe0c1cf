"""The demo on a server of its own, a browser before it, and a worker where one is needed.

Each module has a copy of the demo and a server, so the tests of a module share what they do to it. What a page complains of in its console fails the test it happens in.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from config.demo import loader
from core.jobs import HEARTBEAT
from tests import demo
from tests.browser.office import CHROMIUM, FLAGS, Office

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _house(settings):
    """What the whole module shares is said in `building`; a test of its own must reach its server without TLS."""
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the module's files and mails go."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def db(demo_files, folder, django_db_blocker):
    """The demo's database for the whole module, instead of pytest-django's of one test: what is done stays."""
    with django_db_blocker.unblock(), demo.loaded(demo_files, folder / "files"):
        yield


class KeptStaticFiles(StaticFilesHandler):
    """Lets a browser fetch each file once, as in production."""

    def serve(self, request):
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


@pytest.fixture(scope="module")
def building(db, folder):
    """A web server that shows the demo: its address."""
    with override_settings(**house(folder)):
        cache.clear()  # nobody is shut out for what another module tried
        server = LiveServerThread("localhost", static_handler=KeptStaticFiles)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://localhost:{server.port}"
        server.terminate()


def house(folder):
    """Return the settings of the demo on this machine."""
    return {
        "TODAY": loader.TODAY,
        "DEMO": True,
        "ALLOWED_HOSTS": ["localhost"],
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "MEDIA_ROOT": folder / "files",
        "STORAGES": settings.STORAGES | {"staticfiles": PLAIN_FILES},
    }


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("no browser: apt-get install chromium-headless-shell")
    # Playwright runs an event loop in this thread, which Django takes for a view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # While a loop runs, Django has another connection than before and after it: it is of this browser only,
        # or it would be found again, in the next one, to a database that is gone.
        connection.close()
        yield browser
        connection.close()
        browser.close()


@pytest.fixture(scope="module")
def entrances(building, chromium):
    """The way into the demo for the whole module: who has been logged in stays so."""
    office = Office(building, chromium)
    yield office
    office.close()


@pytest.fixture
def office(entrances):
    """The way into the demo as anybody in it; what a page complains of fails the test."""
    entrances.complaints.clear()
    yield entrances
    entrances.leave()
    assert entrances.complaints == []


@pytest.fixture(scope="module")
def worker(building, folder):
    """A Celery worker as in production, on the test database."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address.geturl(),
        "VAR_DIR": str(folder),
        "SITE_URL": building,
        "DEMO_TODAY": loader.TODAY.isoformat(),
    }
    quick = ["--concurrency=1", "--pool=solo", "--without-mingle", "--without-gossip", "--loglevel=WARNING"]
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", "now,ahead", *quick]
    with open(folder / "worker.log", "w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    yield process
    process.terminate()
    process.wait(timeout=2 * HEARTBEAT + 5)
