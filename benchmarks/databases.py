"""Databases of the benchmark's own, made anew in each run beside the one that the environment names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

MAINTENANCE = "template1"  # nobody can be connected to a database that is dropped or copied


def name_of(label: str) -> str:
    return f"{settings.DATABASES['default']['NAME']}_bench_{label}"


def address_of(label: str) -> str:
    """Return the address of a database of ours, for another process."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name_of(label)}").geturl()


def make_base() -> None:
    """Make the database `base` anew: migrated, and with the demo as it is loaded today."""
    refuse_without_rights()
    make("base", template="template0")
    with using(connected("base")):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("demo", stdout=StringIO())


def make(label: str, *, template: str) -> None:
    """Make a database anew as a copy of another; `template` is a full name."""
    drop(label)
    _do(
        f"CREATE DATABASE {connection.ops.quote_name(name_of(label))} "
        f"TEMPLATE {connection.ops.quote_name(template)}"
    )


def drop(*labels: str) -> None:
    for label in labels:
        # Not WITH (FORCE): it refuses when the server itself is tidying up there, which a plain drop ends.
        _do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name_of(label)],
        )
        _do(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name_of(label))}")


def _do(statement: str, values: list[str] | None = None) -> None:
    """Run a statement outside of any database of ours, and of any transaction."""
    with using(_connection_to(MAINTENANCE)), connection.cursor() as cursor:
        cursor.execute(statement, values)


def connected(label: str) -> BaseDatabaseWrapper:
    """Return a connection to a database of ours, for `using`."""
    return _connection_to(name_of(label))


def _connection_to(name: str) -> BaseDatabaseWrapper:
    other = connections.create_connection("default")
    other.settings_dict = {**other.settings_dict, "NAME": name}
    return other


@contextmanager
def using(other: BaseDatabaseWrapper, *, keep_open: bool = False) -> Iterator[None]:
    """Let Django work on another database."""
    before = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        if not keep_open:
            other.close()
            ContentType.objects.clear_cache()
        connections["default"] = before


def refuse_without_rights() -> None:
    """Raise SystemExit unless we may make databases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        (may,) = cursor.fetchone()
    connection.close()
    if not may:
        raise SystemExit("The benchmark makes databases of its own: the role in DATABASE_URL needs CREATEDB.")
