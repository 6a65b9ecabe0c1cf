from dataclasses import replace

import pytest

from launcher import packages, testing
from launcher.packages import Need
from launcher.places import Place
from launcher.report import Failure

PANGO = Need("libpango-1.0-0", "sets the text of every PDF", lambda: False)
REDIS = Need("redis-server", "the broker", lambda: False, has_wheel=True)
BROWSER = Need("chromium-headless-shell", "shows the pages", lambda: False, optional=True)
PYTHON = Need("python3", "runs everything", lambda: True)


def test_only_what_is_not_there_is_missing():
    assert packages.missing([PANGO, PYTHON]) == [PANGO]


def test_without_rights_the_message_lists_what_to_install_and_why():
    with pytest.raises(Failure) as refused:
        packages.refuse([PANGO, REDIS])

    assert "sets the text of every PDF" in refused.value.what
    assert refused.value.advice.endswith("apt-get update && apt-get install libpango-1.0-0 redis-server")


def test_nothing_missing_is_no_failure():
    packages.refuse([])


def test_every_package_for_paper_has_a_test_whether_it_is_there():
    assert [need.package for need in packages.for_paper()] == list(packages.IS_MET)


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """What installs packages here; this system has no browser. Return what it was asked for."""
    asked = tmp_path / "asked"
    script = tmp_path / "apt-install"
    script.write_text(f'#!/bin/sh\necho "$@" >> {asked}\ncase "$*" in *chromium*) exit 100;; esac\n')
    script.chmod(0o755)
    monkeypatch.setattr(packages, "APT_INSTALL", script)
    monkeypatch.setattr(packages, "HOME", Place(tmp_path / "var"))
    return lambda: asked.read_text().splitlines()


def test_what_is_optional_and_not_to_be_had_does_not_keep_the_rest_from_being_installed(apt):
    packages.install_what_can_be_had([REDIS, BROWSER], [])

    assert apt() == ["redis-server chromium-headless-shell", "redis-server"]


def test_what_is_optional_and_not_to_be_had_is_not_tried_again_at_once(apt):
    packages.install_what_can_be_had([BROWSER], [])
    packages.install_what_can_be_had([BROWSER], [])

    assert apt() == ["chromium-headless-shell"]


def test_what_is_needed_and_not_to_be_had_is_a_failure(apt):
    needed = replace(BROWSER, optional=False)

    with pytest.raises(Failure, match="could not install redis-server, chromium-headless-shell"):
        packages.install_what_can_be_had([REDIS, needed], [])


def test_tests_that_this_machine_cannot_run_are_told_with_what_to_install():
    [line] = testing.skipped({BROWSER: "the browser tests", PYTHON: "all tests"})

    assert line == (
        "Skipped: the browser tests. To run them: apt-get update && apt-get install chromium-headless-shell"
    )
