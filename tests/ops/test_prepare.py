from urllib.parse import urlsplit

import psycopg2
import pytest
from django.contrib.staticfiles.finders import get_finder

from config.management.commands import prepare
from launcher import postgres
from launcher.postgres import FORGETFUL
from tests.config.test_settings import GIVEN, start
from tests.ops.conftest import a_place
from tests.ops.test_services import asked


@pytest.mark.django_db
def test_on_a_database_of_today_there_is_nothing_to_migrate():
    assert prepare.migrate() == "none to run"


@pytest.fixture
def stylesheet(tmp_path, settings):
    path = tmp_path / "page.css"
    path.write_text("a {}")
    settings.STATICFILES_DIRS = [tmp_path]
    get_finder.cache_clear()
    yield path
    get_finder.cache_clear()


def test_only_a_changed_static_file_changes_the_fingerprint(stylesheet):
    before = prepare.static_fingerprint()
    assert prepare.static_fingerprint() == before

    stylesheet.write_text("a { color: red }")

    assert prepare.static_fingerprint() != before


def test_without_another_owner_the_program_prepares_as_itself(monkeypatch):
    monkeypatch.delenv("OWNER_DATABASE_URL", raising=False)

    assert prepare.step_up() is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "OWNER_DATABASE_URL"),
        ({"OWNER_DATABASE_URL": "postgres://owner@127.0.0.1/other", "SITE_URL": ""}, "SITE_URL"),
    ],
)
def test_real_use_is_refused_without_what_nobody_would_miss_until_it_is_too_late(given, named):
    done = start(GIVEN | given, "manage.py", "prepare", "--database-only")

    assert done.returncode != 0
    assert f"Set {named}" in done.stderr


# A database without the program's role, as Docker and most hosts give one --------------------------


@pytest.fixture(scope="module")
def bare():
    """A server whose owner may make roles, where nobody else is."""
    with pytest.MonkeyPatch.context() as patch, a_place() as place:
        patch.delenv("DATABASE_URL")
        cluster = postgres.cluster_of(place)
        cluster.create()
        may_make = f"DROP ROLE {postgres.APP}; ALTER ROLE {postgres.OWNER} CREATEROLE;"
        cluster.run("postgres", "--single", "-D", cluster.data, "template1", stdin=None, input=may_make)
        cluster.start(FORGETFUL)
        yield cluster
        cluster.stop()


@pytest.fixture(scope="module")
def prepared(bare):
    """What came of preparing it: the program's address and what was said."""
    return prepare_with(bare, "first")


def prepare_with(cluster, password):
    """Run what the service `migrate` runs; return the program's address and what was said."""
    owner = cluster.url(postgres.OWNER)
    address = urlsplit(owner)
    app = address._replace(netloc=f"{postgres.APP}:{password}@127.0.0.1:{address.port}").geturl()
    env = GIVEN | {
        "DATABASE_URL": app,
        "OWNER_DATABASE_URL": owner,
        "SITE_URL": "https://namnd.granby.example",
    }
    done = start(env, "manage.py", "prepare", "--database-only")
    assert done.returncode == 0, done.stderr
    return app, done.stdout


def test_the_programs_role_is_made_with_its_password_and_has_its_rights_only(prepared):
    app, said = prepared

    assert "Role: namndverk_app made" in said
    assert asked(app, "SELECT count(*) FROM core_job") == 0
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        asked(app, "DELETE FROM core_change")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        asked(app, "CREATE TABLE other (id int)")


def test_a_role_that_is_there_keeps_its_password(bare, prepared):
    first, _said = prepared

    second, said = prepare_with(bare, "second")

    assert "Role: namndverk_app has its rights" in said
    assert asked(first, "SELECT 1") == 1
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        asked(second, "SELECT 1")
