"""What is wrong in the environment that Nämndverk is started from is said in one line."""

import pytest

from launcher import project
from launcher.places import ROOT
from launcher.services import Addresses
from tests.config.test_settings import GIVEN, start

LOADING = """
import sys
from functools import partial
from pathlib import Path
from launcher import nursery, report
sys.exit(report.guarded(partial(nursery.load_django, {}, Path(sys.argv[1]))))
"""


@pytest.fixture
def loaded(tmp_path):
    """Return a function that loads Django as bin/serve does, and what came of it."""

    def load(**given):
        here = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT / "bin")}
        return start(GIVEN | here | given, "-c", LOADING, str(tmp_path / "django.log"))

    return load


@pytest.mark.parametrize(
    ("name", "value"), [("DEMO_TODAY", "igår"), ("DEBUG", "maybe"), ("DATABASE_URL", "nonsense")]
)
def test_a_bad_value_is_told_with_its_name_and_what_to_do_and_nothing_else(loaded, name, value):
    told = loaded(**{name: value})

    assert told.returncode == 1
    what, advice = told.stderr.split("\n")[1:-1]
    assert what.startswith(f"✗ {name} must be ")
    assert advice == "  Mend it in the environment that you start from, or unset it."


def test_what_no_setting_is_named_for_is_in_a_log(loaded):
    told = loaded(LOG_LEVEL="CHATTY")

    assert told.returncode == 1
    assert told.stderr.startswith("\n✗ Django cannot be loaded.\n  Mend what the log says")
    assert told.stderr.endswith("│ ValueError: Unable to configure root logger\n")


def test_settings_of_another_project_are_left_alone(place, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")

    env = project.surroundings(place, Addresses("app", "owner", "broker", is_new=False))

    assert env["DJANGO_SETTINGS_MODULE"] == "config.settings"
