"""Settings from the environment, read so that a bad value says which one it is."""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it has to be set.

    Raises ImproperlyConfigured, naming the variable.
    """
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see README.md, “Deploy”.")
    return value or ""


def flag(name: str, default: bool = False) -> bool:
    """Return the variable as true or false; raises ImproperlyConfigured on anything else."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def words(name: str, default: str | None = None) -> list[str]:
    """Return the variable's comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def day(name: str) -> date | None:
    """Return the variable as a date (YYYY-MM-DD), or None when it is not set."""
    value = os.environ.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a date such as 2023-06-05, not {value!r}.") from None
