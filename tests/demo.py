"""The demo for whoever tests it: loaded once in a run, and a copy of its database for each module."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from config.demo import loader
from tests import databases

DEMO = "demo"


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder with the demo's files; its database is there, loaded by the process that asked first."""
    shared = databases.shared_folder(tmp_path_factory)
    files = shared / "demo-files"
    with django_db_blocker.unblock():
        databases.prepared(shared, DEMO, partial(_load, files))
    return files


def _load(files: Path) -> None:
    with override_settings(TODAY=loader.TODAY, MEDIA_ROOT=files):
        files.mkdir()
        loader.load()


@pytest.fixture(scope="module")
def demo_copy(demo_files, django_db_blocker, tmp_path_factory):
    """Let the tests of a module begin with the demo; what each does is undone. Its files are not there."""
    with django_db_blocker.unblock(), loaded(demo_files, tmp_path_factory.mktemp("files")):
        yield


@contextmanager
def loaded(demo_files: Path, files: Path) -> Iterator[None]:
    """Work on a copy of the demo, whose files are in the folder `files`; afterwards on the empty database again."""
    shutil.copytree(demo_files, files, dirs_exist_ok=True)
    with databases.copied(databases.name_of(DEMO)):
        yield


def said(command: str, **options: object) -> str:
    """Run a command of `bin/manage` and return what it says."""
    heard = StringIO()
    call_command(command, stdout=heard, **options)
    return heard.getvalue()


def grow(number: int) -> str:
    """Let the demo's large meeting have so many reports; return what is said of it."""
    return said("demo", scale=number).splitlines()[-1]
