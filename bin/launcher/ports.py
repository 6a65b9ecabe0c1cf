"""Free ports on this machine."""

import errno
import socket

from launcher.report import Failure

FIRST = 8000  # that is tried
LAST = 65535  # that there is
# A browser takes “localhost” for either, and asks ::1 first.
LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
# Any other error says that there is no such address here, as on a machine without IPv6.
HINDRANCES = frozenset({errno.EADDRINUSE, errno.EACCES})


def is_free(port: int) -> bool:
    return hindrance(port) is None


def hindrance(port: int) -> int | None:
    """Return the system's error that keeps us from the port, or None when it is ours to take."""
    errors = (error_at(family, address, port) for family, address in LOOPBACKS)
    return next((error for error in errors if error in HINDRANCES), None)


def error_at(family: socket.AddressFamily, address: str, port: int) -> int | None:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno
    return None


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

    Raises Failure when the wanted port is taken, or not for us.
    """
    if wanted is None:
        return next((port for port in range(FIRST, FIRST + 20) if is_free(port)), None) or any_free()
    if error := hindrance(wanted):
        raise refusal(wanted, error)
    return wanted


def refusal(port: int, error: int) -> Failure:
    if error == errno.EACCES:
        return Failure(
            f"Port {port} is for root only.", "Choose one from 1024 on with --port, or leave it out."
        )
    return Failure(
        f"Port {port} is taken by another program.", "Choose another with --port, or leave it out."
    )
