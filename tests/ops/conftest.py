"""A place of its own for each test that starts real servers."""

import shutil
from contextlib import contextmanager
from uuid import uuid4

import pytest

from launcher.places import TESTS, Place


@contextmanager
def a_place():
    """A folder for servers, gone afterwards."""
    # Not under /tmp/pytest-…, which only its owner may enter: PostgreSQL runs as somebody else.
    place = Place(TESTS.folder("ops") / uuid4().hex)
    yield place
    shutil.rmtree(place.root)


@pytest.fixture
def place():
    with a_place() as place:
        yield place
