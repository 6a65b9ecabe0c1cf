"""A storage that runs full: nothing half written stays, and what no row names is removed in the end."""

import os
import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import PartFile, Rendition
from reports.pdf import guarded
from reports.services import evict, make
from reports.services.sweeping import sweep
from tests.factories import ItemFactory, MeetingFactory


@pytest.fixture
def meeting(body, secretary, chair):
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    ItemFactory(meeting=meeting, title="Ett", text="<p>Ett.</p>")
    return meeting


def handlingar(meeting):
    return make(meeting, "handlingar", "staff")


def stored(settings):
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.*")}


def named():
    return {row.file.name for model in (PartFile, Rendition) for row in model.objects.exclude(file="")}


@contextmanager
def no_file_larger_than(size):
    """Let the system refuse to write more into a file: with EFBIG, where a full disk says ENOSPC, and in the same place."""
    guarded.renderer().start()  # who writes what is to be stored is not to be hindered
    guarded.binder().start()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 5000])
def test_a_part_that_finds_no_room_leaves_nothing_behind(meeting, settings, size):
    with no_file_larger_than(size), pytest.raises(OSError, match="too large"):
        handlingar(meeting)

    assert stored(settings) == named() == set()


def test_a_file_that_finds_no_room_leaves_its_parts_and_nothing_else(meeting, settings):
    first = handlingar(meeting)
    room = first.size - 1
    first.file.delete(save=False)
    first.delete()
    before = stored(settings)

    with no_file_larger_than(room), pytest.raises(OSError, match="too large"):
        handlingar(meeting)

    assert before
    assert stored(settings) == before


def put(path, *, days):
    """Leave a file there, as a worker does that is killed before it could tell of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7 half")
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


@pytest.fixture
def orphans(meeting, settings):
    """Files that no row names beside some that are old and named."""
    handlingar(meeting)
    for path in settings.MEDIA_ROOT.rglob("*.pdf"):
        os.utime(path, (0, 0))
    for folder in ("parts", "renditions"):
        put(settings.MEDIA_ROOT / folder / "old.pdf", days=2)
        put(settings.MEDIA_ROOT / folder / "young.pdf", days=0.9)
    put(settings.MEDIA_ROOT / "attachments" / "5" / "old.pdf", days=2)


@pytest.mark.usefixtures("orphans")
def test_what_no_row_names_is_removed_after_a_day_and_what_cannot_be_made_again_is_let_be(settings):
    evict(timezone.now())

    unnamed = {"parts/young.pdf", "renditions/young.pdf", "attachments/5/old.pdf"}
    assert stored(settings) == named() | unnamed


@pytest.mark.usefixtures("orphans")
def test_no_more_than_so_many_files_are_looked_at_in_a_run(settings):
    for number in range(5):
        put(settings.MEDIA_ROOT / "parts" / f"old-{number}.pdf", days=2)
        (settings.MEDIA_ROOT / "parts" / "young.pdf").unlink(missing_ok=True)

    runs = [sweep(timezone.now(), most=4) for _time in range(3)]

    assert runs == [5, 2, 0]
    assert named() <= stored(settings)


def test_where_nothing_was_ever_kept_there_is_nothing_to_remove(db):
    assert evict(timezone.now()) == 0
