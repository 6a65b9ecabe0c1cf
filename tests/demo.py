"""The demo for whoever tests it: loaded once in a run, and a copy of its database for each module.

Loading it takes many seconds, copying a database that holds it a tenth of one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from config.demo import loader
from launcher import places

ORIGINAL = f"{urlsplit(os.environ['DATABASE_URL']).path[1:]}_demo"
COPY = f"{ORIGINAL}_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder with the demo's files; its database is there, loaded by the process that asked first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # a folder of all processes
    files, mark = shared / "demo-files", shared / "demo-loaded"
    with places.opened(shared / "demo.lock") as lock, django_db_blocker.unblock():
        places.take_lock(lock)
        if not mark.exists():
            load(files)
            mark.touch()
    return files


@pytest.fixture(scope="module")
def demo_copy(demo_files, django_db_blocker, tmp_path_factory):
    """Let the tests of a module begin with the demo; what each does is undone. Its files are not there."""
    with django_db_blocker.unblock(), loaded(demo_files, tmp_path_factory.mktemp("files")):
        yield


def load(files: Path) -> None:
    """Load the demo into a copy of the empty database of this process."""
    copy_database(connection.settings_dict["NAME"], ORIGINAL)
    with connected_to(ORIGINAL), override_settings(TODAY=loader.TODAY, MEDIA_ROOT=files):
        files.mkdir()
        loader.load()


@contextmanager
def loaded(demo_files: Path, files: Path) -> Iterator[None]:
    """Work on a copy of the demo, whose files are in the folder `files`; afterwards on the empty database again."""
    shutil.copytree(demo_files, files, dirs_exist_ok=True)
    copy_database(ORIGINAL, COPY)
    with connected_to(COPY):
        yield
    run(f'DROP DATABASE "{COPY}" WITH (FORCE)')  # a server's thread may still hold it


def copy_database(source: str, target: str) -> None:
    connection.close()  # nobody may be in a database that is copied
    run(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    run(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def run(statement: str) -> None:
    """Run a statement beside all databases of ours."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let every thread of this process open its connections to another database."""
    place = connection.settings_dict  # one for all threads
    before = place["NAME"]
    _move(place, name)
    yield
    _move(place, before)


def _move(place: dict, name: str) -> None:
    connection.close()
    place["NAME"] = name
    ContentType.objects.clear_cache()


def said(command: str, **options: object) -> str:
    """Run a command of `bin/manage` and return what it says."""
    heard = StringIO()
    call_command(command, stdout=heard, **options)
    return heard.getvalue()


def grow(number: int) -> str:
    """Let the demo's large meeting have so many reports; return what is said of it."""
    return said("demo", scale=number).splitlines()[-1]
