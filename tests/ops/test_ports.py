import errno
import socket
from argparse import ArgumentTypeError

import pytest

from launcher import ports, serve
from launcher.report import Failure


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_wanted_port_that_is_taken_is_refused_by_name(taken):
    with pytest.raises(Failure, match=f"Port {taken} is taken"):
        ports.for_web(taken)


def test_without_a_wish_there_is_always_a_free_port():
    assert ports.is_free(ports.for_web(None))


def test_a_server_answers_until_it_is_gone(taken):
    assert ports.answers(taken)
    assert not ports.answers(ports.any_free())


@pytest.fixture
def taken_by_ipv6():
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        yield server.getsockname()[1]


def test_a_port_that_another_program_has_at_ipv6s_localhost_is_taken(taken_by_ipv6):
    with pytest.raises(Failure, match=f"Port {taken_by_ipv6} is taken"):
        ports.for_web(taken_by_ipv6)


def test_an_address_that_the_machine_does_not_have_is_no_hindrance(monkeypatch):
    monkeypatch.setattr(ports, "LOOPBACKS", ((socket.AF_INET6, "2001:db8::1"),))

    assert ports.is_free(ports.any_free())


def test_a_port_that_only_root_may_have_is_not_called_taken():
    assert ports.refusal(80, errno.EACCES).what == "Port 80 is for root only."


@pytest.mark.parametrize("given", ["0", "-1", "65536", "99999", "http", "8000.5", "²"])
def test_a_port_that_cannot_be_is_refused_before_anything_starts(given):
    with pytest.raises(ArgumentTypeError, match="from 1 to 65535"):
        serve.port_number(given)


@pytest.mark.parametrize("given", ["1", "8000", "65535"])
def test_any_other_port_may_be_asked_for(given):
    assert serve.port_number(given) == int(given)
