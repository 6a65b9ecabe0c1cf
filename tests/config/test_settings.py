"""Settings that production has to give: without one of them nothing starts, and the message names it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GIVEN = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "namnd.granby.example",
    "DATABASE_URL": "postgres://nobody@localhost:1/none",
    "REDIS_URL": "redis://localhost:1/0",
}


def start(env, *command, stdout=subprocess.PIPE):
    """Return what became of a program that reads the settings in just this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    command = command or ("-c", "from config import settings; print(settings.DEBUG, settings.ALLOWED_HOSTS)")
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=kept | env,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_with_all_of_them_production_starts_without_debugging():
    started = start(GIVEN)

    assert (started.returncode, started.stdout) == (0, "False ['namnd.granby.example']\n")


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("value", [None, ""], ids=["not set", "empty"])
def test_without_one_of_them_it_refuses_and_names_it(name, value):
    env = {key: given for key, given in GIVEN.items() if key != name} | (
        {} if value is None else {name: value}
    )

    refused = start(env)

    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "perhaps"), ("PLAIN_HTTP", "2"), ("DEMO_TODAY", "13 juni"), ("EMAIL_PORT", "smtp")],
)
def test_a_value_that_means_nothing_is_refused_by_name(name, value):
    refused = start(GIVEN | {name: value})

    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name} must be" in refused.stderr


def test_all_that_is_not_set_is_named_at_once():
    refused = start({"SECRET_KEY": GIVEN["SECRET_KEY"], "REDIS_URL": ""})

    assert (
        "ImproperlyConfigured: ALLOWED_HOSTS, DATABASE_URL, REDIS_URL are not set. Set them" in refused.stderr
    )


@pytest.mark.parametrize(
    ("given", "believed"), [({}, "None 0"), ({"BEHIND_PROXY": "1"}, "('HTTP_X_FORWARDED_PROTO', 'https') 1")]
)
def test_a_proxy_is_believed_only_when_there_is_one(given, believed):
    command = (
        "from config import settings as s; print(s.SECURE_PROXY_SSL_HEADER, s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )

    assert start(GIVEN | given, "-c", command).stdout == f"{believed}\n"


def test_djangos_own_check_of_a_deployment_finds_nothing():
    checked = start(GIVEN, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no issues" in checked.stdout


def test_a_command_says_in_one_line_which_value_it_refuses():
    refused = start(GIVEN | {"DEMO_TODAY": "igår"}, "manage.py", "check")

    assert refused.returncode == 1
    assert refused.stderr == "✗ DEMO_TODAY must be a date such as 2023-06-05, not 'igår'.\n"


def test_a_command_whose_reader_has_had_enough_ends_without_a_word():
    reading, writing = os.pipe()
    os.close(reading)

    with open(writing, "w") as nobody:
        ended = start(GIVEN, "manage.py", "registry", stdout=nobody)

    assert (ended.returncode, ended.stderr) == (141, "")
