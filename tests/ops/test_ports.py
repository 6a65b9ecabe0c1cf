import socket

import pytest

from launcher import ports
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
