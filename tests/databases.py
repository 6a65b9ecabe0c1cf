"""Databases beside the one that a test works on: copied, since that is a hundred times faster than making them anew."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from launcher import places

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")


def name_of(what: str) -> str:
    """Return the name of a database that all processes of a run share."""
    return f"{urlsplit(os.environ['DATABASE_URL']).path[1:]}_{what}"


def shared_folder(tmp_path_factory) -> Path:
    """Return a folder that all processes of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if PROCESS else own


@contextmanager
def first(shared: Path, what: str) -> Iterator[bool]:
    """Tell whether this process is the first of the run to come here; the others wait until it is done."""
    mark = shared / f"{what}.done"
    with places.opened(shared / f"{what}.lock") as lock:
        places.take_lock(lock)
        yield not mark.exists()
        mark.touch()


def prepared(shared: Path, what: str, fill: Callable[[], None]) -> str:
    """Return the name of a database in which `fill` has been done once in the run, beginning with an empty one."""
    name = name_of(what)
    with first(shared, what) as is_first:
        if is_first:
            make(name, connection.settings_dict["NAME"])
            with connected_to(name):
                fill()
    return name


@contextmanager
def copied(original: str) -> Iterator[None]:
    """Work on a copy of a prepared database; afterwards on the empty one again."""
    copy = f"{original}_{PROCESS or 'copy'}"
    make(copy, original)
    with connected_to(copy):
        yield
    drop(copy)


def exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def make(name: str, template: str = "template1") -> None:
    """Make a database as another is, in place of one that may be there. Nobody may be in the other."""
    connection.close()
    drop(name)
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    """Take a database away, also from the thread of a server that still holds it."""
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def stop(place: int) -> None:
    """End a connection from the server's side, as when it is started anew."""
    _run(f"SELECT pg_terminate_backend({place})")


def _run(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let every thread of this process open its connections to another database."""
    before = connection.settings_dict["NAME"]
    _move(name)
    try:
        yield
    finally:
        _move(before)


def _move(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name  # one dict for all threads
    ContentType.objects.clear_cache()
