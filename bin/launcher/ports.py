"""Free ports on this machine."""

import socket

from launcher.report import Failure

FIRST = 8000


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def any_free() -> int:
    """Return a port that the system says is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def for_web(wanted: int | None) -> int:
    """Return the wanted port; without a wish, 8000 or the next free one.

    Raises Failure when the wanted port is taken.
    """
    if wanted is None:
        return next((port for port in range(FIRST, FIRST + 20) if is_free(port)), None) or any_free()
    if not is_free(wanted):
        raise Failure(
            f"Port {wanted} is taken by another program.", "Choose another with --port, or leave it out."
        )
    return wanted
