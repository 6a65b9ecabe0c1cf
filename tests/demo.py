"""The demo for whoever tests it: loaded once in a run, and a copy of its database for each module."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from config.demo import loader
from tests import databases

ORIGINAL = databases.name_of("demo")
COPY = f"{ORIGINAL}_{databases.PROCESS or 'copy'}"


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder with the demo's files; its database is there, loaded by the process that asked first."""
    shared = databases.shared_folder(tmp_path_factory)
    files = shared / "demo-files"
    with databases.first(shared, "demo") as is_first, django_db_blocker.unblock():
        if is_first:
            load(files)
    return files


@pytest.fixture(scope="module")
def demo_copy(demo_files, django_db_blocker, tmp_path_factory):
    """Let the tests of a module begin with the demo; what each does is undone. Its files are not there."""
    with django_db_blocker.unblock(), loaded(demo_files, tmp_path_factory.mktemp("files")):
        yield


def load(files: Path) -> None:
    """Load the demo into a copy of the empty database of this process."""
    databases.make(ORIGINAL, connection.settings_dict["NAME"])
    with databases.connected_to(ORIGINAL), override_settings(TODAY=loader.TODAY, MEDIA_ROOT=files):
        files.mkdir()
        loader.load()


@contextmanager
def loaded(demo_files: Path, files: Path) -> Iterator[None]:
    """Work on a copy of the demo, whose files are in the folder `files`; afterwards on the empty database again."""
    shutil.copytree(demo_files, files, dirs_exist_ok=True)
    databases.make(COPY, ORIGINAL)
    with databases.connected_to(COPY):
        yield
    databases.drop(COPY)


def said(command: str, **options: object) -> str:
    """Run a command of `bin/manage` and return what it says."""
    heard = StringIO()
    call_command(command, stdout=heard, **options)
    return heard.getvalue()


def grow(number: int) -> str:
    """Let the demo's large meeting have so many reports; return what is said of it."""
    return said("demo", scale=number).splitlines()[-1]
