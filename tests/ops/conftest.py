"""A place of its own for each test that starts real servers."""

import shutil
from uuid import uuid4

import pytest

from launcher.places import TESTS, Place


@pytest.fixture
def place():
    # Not under /tmp/pytest-…, which only its owner may enter: PostgreSQL runs as somebody else.
    place = Place(TESTS.folder("ops") / uuid4().hex)
    yield place
    shutil.rmtree(place.root)
