from io import StringIO

import pytest
from django.core.management import call_command

from core.registry import REGISTRIES, NameTaken, NotRegistered, Registry


@pytest.fixture
def registry():
    registry = Registry("trial")
    yield registry
    REGISTRIES.remove(registry)


def test_an_entry_is_found_by_its_name(registry):
    registry.add("b", 2)
    registry.add("a", 1)

    assert registry["a"] == 1
    assert registry.items() == [("a", 1), ("b", 2)]
    assert "c" not in registry


def test_a_name_that_is_taken_is_refused_and_the_first_entry_stays(registry):
    registry.add("a", 1)

    with pytest.raises(NameTaken, match="trial 'a' is registered twice"):
        registry.add("a", 2)

    assert registry["a"] == 1


def test_a_name_that_nobody_offers_is_said_with_its_kind(registry):
    with pytest.raises(NotRegistered, match="there is no trial 'a'"):
        registry["a"]


def test_the_command_prints_every_hook_of_every_kind(registry):
    registry.add("only.here", object())
    out = StringIO()

    call_command("registry", stdout=out)

    printed = out.getvalue()
    assert [entry.kind for entry in REGISTRIES if f"{entry.kind} ({len(entry)})" not in printed] == []
    assert "  only.here" in printed
    assert "  case.number" in printed
    assert "  register.proposal" in printed


def test_what_the_apps_offer_has_been_found():
    sizes = {registry.kind: len(registry) > 0 for registry in REGISTRIES}

    assert sizes == dict.fromkeys(sizes, True)
