"""bin/check: every static check of the house, one line each. All are run, also after one has failed."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from launcher import environment, messages, packages, preparation, report
from launcher.environment import PYTHON, VENV
from launcher.places import HOME, ROOT
from launcher.report import Failure, say, step

# Types are checked where data crosses a boundary (STYLE, rule 15); elsewhere they are noise.
BOUNDARY = (
    "core/workflow.py",
    "core/services*",
    "core/jobs*",
    "*/services*",
    "*/tasks.py",
    "cases/*/services*",
    "cases/*/tasks.py",
    "reports",
)
TEMPLATES = ("templates/**/*.html", "*/templates/**/*.html")
# Production, as far as a check of the settings needs it; nothing answers at these addresses.
PRODUCTION = {
    "ALLOWED_HOSTS": "namndverk.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "https://namndverk.example",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "PYTHONWARNINGS": "ignore",
    "LOG_LEVEL": "ERROR",
}
DEMO_ONLY = frozenset({"DEBUG", "PLAIN_HTTP", "DEMO_TODAY", "VAR_DIR"})

Outcome = tuple[bool, str]  # whether it passed, and what it said


@dataclass(frozen=True)
class Check:
    label: str
    run: Callable[[dict[str, str]], Outcome]


@dataclass(frozen=True)
class Command:
    """A program whose exit code tells."""

    arguments: tuple[str | Path, ...]
    files: Callable[[], Iterable[Path]] = field(default=tuple)

    def __call__(self, env: dict[str, str]) -> Outcome:
        command = [*self.arguments, *self.files()]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr


def module(*arguments: str) -> tuple[str | Path, ...]:
    return (PYTHON, "-m", *arguments)


def manage(*arguments: str) -> tuple[str | Path, ...]:
    return (PYTHON, ROOT / "manage.py", *arguments)


def templates() -> list[Path]:
    return matching(TEMPLATES)


def boundary() -> list[Path]:
    return matching(BOUNDARY)


def matching(patterns: Iterable[str]) -> list[Path]:
    """Return what the patterns match, without the launcher, hidden folders, and what is inside another match."""
    found = {path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern)}
    found = {path for path in found if path.parts[0] != "bin" and not path.parts[0].startswith(".")}
    return sorted(path for path in found if found.isdisjoint(path.parents))


CHECKS = (
    Check("Ruff: lint", Command(module("ruff", "check", "."))),
    Check("Ruff: format", Command(module("ruff", "format", "--check", "."))),
    Check("Djade: templates' format", Command((VENV / "bin" / "djade", "--check"), templates)),
    Check("Djlint: templates", Command(module("djlint", "--lint", "--quiet"), templates)),
    Check("Imports point one way", Command((VENV / "bin" / "lint-imports", "--no-cache"))),
    Check("Mypy: boundaries", Command(module("mypy"), boundary)),
    Check("Migrations are complete", Command(manage("makemigrations", "--check", "--dry-run"))),
    Check("Deployment settings", Command(manage("check", "--deploy", "--fail-level", "WARNING"))),
    Check("Translations are complete", messages.are_complete),
)


def main() -> int:
    return report.guarded(partial(run, sys.argv[1:]))


def run(arguments: list[str]) -> int:
    if arguments:
        raise Failure("bin/check takes no arguments.")
    preparation.machine(environment.DEVELOPMENT, [*packages.SERVE, packages.GETTEXT])
    env = production()
    failed = [check.label for check in CHECKS if not passes(check, env)]
    say(f"\n{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed. {', '.join(failed)}".rstrip())
    return 1 if failed else 0


def production() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in DEMO_ONLY}
    return kept | PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(50), "VAR_DIR": str(HOME.root)}


def passes(check: Check, env: dict[str, str]) -> bool:
    """Run one check and print its line, and what it said when it failed."""
    try:
        with step(check.label):
            passed, said = check.run(env)
            if not passed:
                raise Failure(said)
    except Failure as failure:
        say(f"\n{failure.what.strip()}\n")
        return False
    return True
