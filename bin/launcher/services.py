"""Database and broker of a place: started by the first who needs them, stopped by the last."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from launcher import places, postgres
from launcher.broker import broker_of
from launcher.places import Place
from launcher.report import step


@dataclass(frozen=True)
class Addresses:
    """Where database and broker answer, and as whom."""

    app: str
    owner: str
    app_role: str
    broker: str
    is_new: bool  # the database was made just now


@contextmanager
def running(place: Place, settings: tuple[str, ...] = ()) -> Iterator[Addresses]:
    """Keep the place's services up; DATABASE_URL and REDIS_URL in the environment are used instead when set."""
    with places.opened(place.lock("users")) as users:
        try:
            with places.locked(place.lock("starting")):
                places.share_lock(users)
                addresses = start(place, settings)
            yield addresses
        finally:
            leave(place, users)


def start(place: Place, settings: tuple[str, ...]) -> Addresses:
    app, owner, is_new = database(place, settings)
    return Addresses(app, owner, urlsplit(app).username or "", broker(place), is_new)


def database(place: Place, settings: tuple[str, ...]) -> tuple[str, str, bool]:
    """Return the database's address for the app and for its owner, and whether it was made just now."""
    if given := os.environ.get("DATABASE_URL"):
        return given, os.environ.get("OWNER_DATABASE_URL", given), False
    with step("Database") as line:
        cluster = postgres.cluster_of(place)
        is_new = not cluster.data.exists()
        if cluster.port() is None:
            cluster.start(settings)
        line.note = f"PostgreSQL {cluster.programs.major}, port {cluster.port()}"
    return cluster.url(postgres.APP), cluster.url(postgres.OWNER), is_new


def broker(place: Place) -> str:
    if given := os.environ.get("REDIS_URL"):
        return given
    with step("Broker") as line:
        server = broker_of(place)
        if server.port() is None:
            server.start()
        line.note = f"{server.name}, port {server.port()}"
    return server.url


def leave(place: Place, users: IO[str]) -> None:
    """Stop what is private, unless somebody else still uses it."""
    with places.locked(place.lock("starting")):
        if not places.try_lock(users):
            return
        if not os.environ.get("REDIS_URL"):
            broker_of(place).stop()
        if not os.environ.get("DATABASE_URL"):
            postgres.cluster_of(place).stop()
