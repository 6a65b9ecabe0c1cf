"""Settings from the environment, read so that a bad value says which one it is."""

import os
import re
from datetime import date
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
POSTGRESQL = "django.db.backends.postgresql"
S3_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}
# Between three and 63 characters; words with a dot between, none of which begins or ends with a hyphen.
BUCKET = re.compile(r"(?=.{3,63}\Z)[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*")
REGION = re.compile(r"[A-Za-z0-9-]+")


def require(*names: str) -> None:
    """Raise ImproperlyConfigured with all that are not set, or one would learn of them one start at a time."""
    lacking = [name for name in names if not os.environ.get(name)]
    if lacking:
        are, them = ("are", "them") if len(lacking) > 1 else ("is", "it")
        raise ImproperlyConfigured(
            f"{', '.join(lacking)} {are} not set. Set {them} in the environment; see docs/deploy.md."
        )


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it has to be set.

    Raises ImproperlyConfigured, naming the variable.
    """
    if default is None:
        require(name)
    return os.environ.get(name, default) or ""


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


def hosts(name: str) -> list[str]:
    """Return the names in our address. Raises ImproperlyConfigured when there is none, or any will do."""
    given = words(name)
    if set(given) <= {"*"}:
        raise ImproperlyConfigured(
            f"{name} must name at least one host, such as namnd.granby.example, and not only *."
        )
    return given


def site(name: str, default: str) -> str:
    """Return the address that mails link to; raises ImproperlyConfigured when it is none of a web site."""
    given = text(name, "") or default
    if not _is_address(given, "http", "https"):
        raise ImproperlyConfigured(f"{name} must be such as https://namnd.granby.example, not {given!r}.")
    return given.rstrip("/")


def _is_address(given: str, *schemes: str) -> bool:
    """Tell whether it is an address with a host and, if any, a port that can be."""
    try:
        parts = urlsplit(given)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


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


def database(name: str) -> dict[str, Any]:
    """Return the entry of DATABASES; raises ImproperlyConfigured, without printing the password."""
    try:
        entry = dict(dj_database_url.parse(text(name)))
    except ValueError:
        entry = {}
    if entry.get("ENGINE") != POSTGRESQL or not entry["NAME"]:
        raise ImproperlyConfigured(
            f"{name} must be such as postgres://ROLE:PASSWORD@HOST/NAME, with / in PASSWORD written %2F."
        )
    return entry


def redis_url(name: str) -> str:
    """Return the address of a Redis; raises ImproperlyConfigured, without printing the password."""
    return _redis(name, text(name))


def _redis(name: str, given: str) -> str:
    if not _is_address(given, "redis", "rediss"):
        raise ImproperlyConfigured(
            f"{name} must be such as redis://:PASSWORD@HOST:6379/0, with / in PASSWORD written %2F."
        )
    return given


def cache_url(name: str, broker: str) -> str:
    """Return the address of the cache: as given, else the database beside the broker's in the same Redis.

    They are paired, 0 with 1, 2 with 3 and so on, so that neither leaves the sixteen that Redis has.
    Raises ImproperlyConfigured when the broker's address has no number, or is the cache's too: emptying the
    cache would throw away the workers' messages.
    """
    cache = _redis(name, text(name, "") or _beside(name, urlsplit(broker)))
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
        return {"BACKEND": "config.folders.FolderStorage"}
    try:
        address = urlsplit(given)
    except ValueError:  # such as a bracket that is not closed
        address = urlsplit("")
    asked = dict(parse_qsl(address.query, keep_blank_values=True))
    if not _names_a_bucket(address) or not asked.keys() <= S3_OPTIONS.keys():
        raise ImproperlyConfigured(
            f"{name} must be such as s3://KEY:SECRET@bucket?endpoint=https://s3.example.se&region=se-1, with / in "
            "KEY and SECRET written %2F."
        )
    if not _is_address(asked.get("endpoint", "https://amazon"), "http", "https"):
        raise ImproperlyConfigured(f"The endpoint in {name} must be such as endpoint=https://s3.example.se.")
    if not REGION.fullmatch(asked.get("region", "any")):
        raise ImproperlyConfigured(f"The region in {name} must be such as region=se-1.")
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
