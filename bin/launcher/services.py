"""Database and broker of a place: started by the first who needs them, stopped by the last."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from launcher import places, postgres
from launcher.broker import Broker, broker_of
from launcher.places import Place
from launcher.postgres import Cluster
from launcher.report import say_done, step

# Of an address: scheme, role and password, even with an @ or / that should have been written otherwise; and options.
BESIDE_THE_PLACE = re.compile(r"^\w+://(.*@)?|[?#].*$")


@dataclass(frozen=True)
class Addresses:
    """Where database and broker answer, and as whom."""

    app: str
    owner: str
    broker: str
    is_new: bool  # the database was made just now


@dataclass(frozen=True)
class Private:
    """The servers that are ours to start and stop; None where the environment names another."""

    place: Place
    cluster: Cluster | None
    broker: Broker | None

    def start(self, settings: tuple[str, ...]) -> bool:
        """Start what does not run; tell whether the database was made just now."""
        is_new = self.cluster is not None and not self.cluster.data.exists()
        if self.cluster:
            start_database(self.cluster, settings)
        else:
            tell_given("Database", "DATABASE_URL")
        if self.broker:
            start_broker(self.broker)
        else:
            tell_given("Broker", "REDIS_URL")
        return is_new

    def stop(self) -> None:
        for server in (self.broker, self.cluster):
            if server:
                server.stop()

    def addresses(self, is_new: bool) -> Addresses:
        app = self.cluster.url(postgres.APP) if self.cluster else os.environ["DATABASE_URL"]
        owner = (
            self.cluster.url(postgres.OWNER) if self.cluster else os.environ.get("OWNER_DATABASE_URL", app)
        )
        return Addresses(app, owner, self.broker.url if self.broker else os.environ["REDIS_URL"], is_new)


def private(place: Place) -> Private:
    cluster = None if os.environ.get("DATABASE_URL") else postgres.cluster_of(place)
    return Private(place, cluster, None if os.environ.get("REDIS_URL") else broker_of(place))


@contextmanager
def running(place: Place, settings: tuple[str, ...] = ()) -> Iterator[Addresses]:
    """Keep the place's services up; DATABASE_URL and REDIS_URL in the environment are used instead when set."""
    ours = private(place)  # asked once: what we start has our own addresses in its environment
    with places.opened(place.lock("users")) as users:
        try:
            with places.locked(place.lock("starting")):
                places.share_lock(users)
                is_new = ours.start(settings)
            yield ours.addresses(is_new)
        finally:
            leave(ours, users)


def tell_given(label: str, name: str) -> None:
    """Print that we use what the environment names, which somebody may have forgotten that it does."""
    say_done(label, 0, f"{whereabouts(os.environ[name])}, as {name} says")


def whereabouts(address: str) -> str:
    """Return where a server answers, without who logs in and how."""
    return BESIDE_THE_PLACE.sub("", address)


def start_database(cluster: Cluster, settings: tuple[str, ...]) -> None:
    with step("Database") as line:
        if cluster.port() is None:
            cluster.start(settings)
        line.note = f"PostgreSQL {cluster.programs.major}, port {cluster.port()}"


def start_broker(broker: Broker) -> None:
    with step("Broker") as line:
        if broker.port() is None:
            broker.start()
        line.note = f"{broker.name}, port {broker.port()}"


def leave(ours: Private, users: IO[str]) -> None:
    """Stop what is ours, unless somebody else still uses it."""
    with places.locked(ours.place.lock("starting")):
        if places.try_lock(users):
            ours.stop()
