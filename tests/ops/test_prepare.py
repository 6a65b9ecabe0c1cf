import pytest
from django.contrib.staticfiles.finders import get_finder

from config.management.commands import prepare


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
