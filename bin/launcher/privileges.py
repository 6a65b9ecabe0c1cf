"""PostgreSQL refuses to run as root. When root starts Nämndverk, its programs run as someone with fewer rights."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.places import ROOT
from launcher.report import Failure

NOBODY = 65534
# Inside its own user namespace a process of root's is somebody else, and still reaches root's files.
# The number has to be in the password file, which says so of nobody's on every machine.
NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")


@dataclass(frozen=True)
class Account:
    """How to run a program that refuses root: as another user, in a namespace, or simply as we are."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run([*self.prefix, *command], text=True, check=False, cwd="/", **options)

    def takes_over(self, folder: Path) -> None:
        """Give the folder and what is in it to this account."""
        if self.uid is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, self.uid, self.gid or 0)


def account_for(folder: Path) -> Account:
    """Return an account that may work in the folder, and make the folder its own."""
    if os.geteuid() != 0:
        return Account()
    if owner := folder.stat().st_uid:
        return as_user(pwd.getpwuid(owner))
    for account in candidates():
        if can_enter(account, folder):
            account.takes_over(folder)
            return account
    if can_enter(Account(prefix=NAMESPACE), folder):
        return Account(prefix=NAMESPACE)
    raise Failure(
        f"PostgreSQL refuses to run as root, and no other account may enter {folder}.",
        "Start Nämndverk as an ordinary user, or move the checkout to a folder that others may enter, such as /srv.",
    )


def as_user(entry: pwd.struct_passwd) -> Account:
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def candidates() -> list[Account]:
    """Return who could run PostgreSQL: the owner of the checkout, Debian's postgres, nobody."""
    entries = [entry for entry in pwd.getpwall() if entry.pw_uid == ROOT.stat().st_uid]
    entries += [entry for entry in pwd.getpwall() if entry.pw_name == "postgres"]
    entries += [entry for entry in pwd.getpwall() if entry.pw_uid == NOBODY]
    return [as_user(entry) for entry in entries if entry.pw_uid]


def can_enter(account: Account, folder: Path) -> bool:
    try:
        tried = account.run(["test", "-x", folder], capture_output=True)
    except OSError:  # no such program as unshare, or not allowed
        return False
    return tried.returncode == 0
