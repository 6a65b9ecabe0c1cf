"""Real servers, started and stopped."""

import os
import signal

import psycopg2
import pytest
import redis

from launcher import postgres, services
from launcher.broker import broker_of
from launcher.postgres import FORGETFUL
from launcher.privileges import NAMESPACE, Account, account_for, can_enter


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")


def asked(address, question):
    connection = psycopg2.connect(address)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_the_servers_stay_until_the_last_user_has_left(place):
    with services.running(place, FORGETFUL) as first:
        with services.running(place, FORGETFUL) as second:
            assert (first.is_new, second.is_new) == (True, False)
            assert (first.app, first.broker) == (second.app, second.broker)

        assert asked(first.app, "SELECT 1") == 1
        assert redis.Redis.from_url(first.broker).ping()

    assert postgres.cluster_of(place).port() is None
    assert broker_of(place).port() is None


def test_the_program_owns_nothing_and_may_make_nothing(place):
    with services.running(place, FORGETFUL) as addresses:
        asked(addresses.owner, "CREATE TABLE fact (id int)")

        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            asked(addresses.app, "SELECT count(*) FROM fact")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            asked(addresses.app, "CREATE TABLE other (id int)")
        assert asked(addresses.owner, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_the_database_sorts_and_stores_the_same_on_every_machine(place):
    with services.running(place, FORGETFUL) as addresses:
        assert asked(addresses.app, "SHOW server_encoding") == "UTF8"
        assert (
            asked(addresses.app, "SELECT datcollate FROM pg_database WHERE datname = 'namndverk'")
            == "C.UTF-8"
        )


def test_a_killed_server_comes_back_with_its_rows(place):
    with services.running(place) as addresses:
        asked(addresses.owner, "CREATE TABLE kept AS SELECT 7 AS number")
        cluster = postgres.cluster_of(place)
        os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

        with services.running(place) as again:
            assert asked(again.owner, "SELECT number FROM kept") == 7


def test_the_broker_wants_its_password(place):
    with services.running(place, FORGETFUL) as addresses:
        stranger = redis.Redis.from_url(addresses.broker.replace(place.secret("broker"), "guessed"))

        with pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_given_addresses_are_used_and_nothing_is_started(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db.example/namndverk")
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgres://owner@db.example/namndverk")
    monkeypatch.setenv("REDIS_URL", "redis://broker.example/0")

    with services.running(place) as addresses:
        assert addresses.app == "postgres://app@db.example/namndverk"
        assert addresses.owner == "postgres://owner@db.example/namndverk"
        assert addresses.broker == "redis://broker.example/0"

    assert not (place.root / "postgres").exists()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgres://app:secret@db.example:5432/namndverk", "db.example:5432/namndverk"),
        ("redis://:secret@broker.example/0", "broker.example/0"),
        ("postgres://app:s/cr@t@db.example/namndverk?sslmode=require", "db.example/namndverk"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_given_server_is_told_without_its_password(address, told):
    assert services.whereabouts(address) == told


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_under_a_closed_folder_runs_the_database_in_a_namespace(tmp_path):
    if not can_enter(Account(prefix=NAMESPACE), tmp_path):
        pytest.skip("this machine lets nobody make a user namespace")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / "postgres"
    folder.mkdir()

    assert account_for(folder) == Account(prefix=NAMESPACE)
