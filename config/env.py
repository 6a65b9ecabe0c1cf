"""Settings from the environment, read so that a bad value says which one it is."""

import os
import re
from datetime import date
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
S3_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it has to be set.

    Raises ImproperlyConfigured, naming the variable.
    """
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see docs/deploy.md.")
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


def number(name: str, default: int) -> int:
    """Return the variable as a whole number; raises ImproperlyConfigured on anything else."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def cache_url(name: str, broker: str) -> str:
    """Return the address of the cache: as given, else the database beside the broker's in the same Redis.

    They are paired, 0 with 1, 2 with 3 and so on, so that neither leaves the sixteen that Redis has.
    Raises ImproperlyConfigured when the broker's address has no number, or is the cache's too: emptying the
    cache would throw away the workers' messages.
    """
    cache = text(name, "") or _beside(name, urlsplit(broker))
    if _server(urlsplit(cache)) == _server(urlsplit(broker)):
        raise ImproperlyConfigured(
            f"{name} must be another database than REDIS_URL: the cache is emptied at times."
        )
    return cache


def _beside(name: str, broker: SplitResult) -> str:
    number = broker.path.strip("/") or "0"
    if not number.isdecimal():
        raise ImproperlyConfigured(f"{name} must be set when REDIS_URL does not end in a database number.")
    return broker._replace(path=f"/{int(number) ^ 1}").geturl()


def _server(address: SplitResult) -> tuple[Any, ...]:
    """Return what makes two addresses of Redis the same database."""
    return address.hostname, address.port or 6379, address.path.strip("/") or "0"


def storage(name: str) -> dict[str, Any]:
    """Return the entry of STORAGES: files in MEDIA_ROOT, or in the S3 bucket that the variable names.

    `s3://KEY:SECRET@BUCKET/PREFIX?endpoint=https://…&region=…`; all but the bucket may be left out. Key and
    secret are percent-encoded. Raises ImproperlyConfigured, without printing the secret.
    """
    given = text(name, "")
    if not given:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    address = urlsplit(given)
    asked = dict(parse_qsl(address.query))
    if not _names_a_bucket(address) or not asked.keys() <= S3_OPTIONS.keys():
        raise ImproperlyConfigured(
            f"{name} must be such as s3://KEY:SECRET@bucket?endpoint=https://s3.example.se&region=se-1, with / in "
            "KEY and SECRET written %2F."
        )
    options = {"bucket_name": address.hostname, "location": unquote(address.path.strip("/"))}
    keys = {"access_key": address.username, "secret_key": address.password}
    options |= {option: unquote(key) for option, key in keys.items() if key}
    options |= {S3_OPTIONS[option]: value for option, value in asked.items()}
    return {"BACKEND": "config.storage.BucketStorage", "OPTIONS": options}


def _names_a_bucket(address: SplitResult) -> bool:
    bucket = address.netloc.rpartition("@")[2]
    return (
        address.scheme == "s3"
        and bool(BUCKET.fullmatch(bucket))
        and bool(address.username) == bool(address.password)
    )
