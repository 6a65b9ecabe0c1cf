import pytest

from launcher import packages
from launcher.packages import Need
from launcher.report import Failure

PANGO = Need("libpango-1.0-0", "sets the text of every PDF", lambda: False)
REDIS = Need("redis-server", "the broker", lambda: False, has_wheel=True)
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
