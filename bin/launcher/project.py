"""Our Django project: the environment of its processes, and its commands."""

import os
import subprocess
from pathlib import Path
from typing import Any

from launcher.environment import PYTHON
from launcher.places import ROOT, Place
from launcher.services import Addresses

HOSTS = "localhost,127.0.0.1,[::1]"
DEMO_TODAY = "2023-06-05"


def surroundings(place: Place, addresses: Addresses) -> dict[str, str]:
    """Return the environment of a process of ours. What a developer may wish to set himself is left as it is."""
    ours = {
        "VAR_DIR": str(place.root),
        "DATABASE_URL": addresses.app,
        "REDIS_URL": addresses.broker,
        "ALLOWED_HOSTS": HOSTS,
        "PLAIN_HTTP": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {"SECRET_KEY": place.secret("key")} | dict(os.environ) | ours


def as_owner(addresses: Addresses) -> dict[str, str]:
    """Return what makes Django work as the owner of the tables."""
    return {"DATABASE_URL": addresses.owner}


def for_prepare(addresses: Addresses) -> dict[str, str]:
    """Return what `manage prepare` wants besides: the owner, to migrate as."""
    return {"OWNER_DATABASE_URL": addresses.owner, "LOG_LEVEL": "WARNING"}


def demo(port: int | None = None) -> dict[str, str]:
    """Return what makes a demo of it: a fixed day, and the address on this machine."""
    address = {"SITE_URL": f"http://localhost:{port}"} if port else {}
    return {"DEMO_TODAY": os.environ.get("DEMO_TODAY", DEMO_TODAY)} | address


def manage(arguments: list[str], env: dict[str, str], **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([PYTHON, ROOT / "manage.py", *arguments], cwd=ROOT, env=env, text=True, **options)


def logged(arguments: list[str], env: dict[str, str], log: Path) -> int:
    """Run a management command with all that it says in a log; return its exit code."""
    with open(log, "w") as output:
        return manage(arguments, env, stdin=subprocess.DEVNULL, stdout=output, stderr=output).wait()
