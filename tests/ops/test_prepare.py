from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from config.management.commands import prepare


def told(*arguments):
    said = StringIO()
    call_command("prepare", *arguments, stdout=said)
    return said.getvalue().splitlines()


@pytest.mark.django_db
def test_on_a_database_of_today_there_is_nothing_to_migrate():
    assert prepare.migrate() == "none to run"


def test_static_files_that_did_not_change_are_left_alone():
    told("--files-only")

    assert told("--files-only") == ["Static files: unchanged"]


def test_a_changed_static_file_has_another_fingerprint(tmp_path, monkeypatch):
    (tmp_path / "page.css").write_text("a {}")
    monkeypatch.setattr(settings, "STATICFILES_DIRS", [tmp_path])
    before = prepare.static_fingerprint()

    (tmp_path / "page.css").write_text("a { color: red }")

    assert prepare.static_fingerprint() != before


def test_without_another_owner_the_program_prepares_as_itself(monkeypatch):
    monkeypatch.delenv("OWNER_DATABASE_URL", raising=False)

    assert prepare.step_up() is None
