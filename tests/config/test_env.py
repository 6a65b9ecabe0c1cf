"""Addresses in the environment: what is read from them, and what is refused."""

import pytest
import redis
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.config.test_settings import GIVEN, start

IMPORTED = """
import sys, django; django.setup()
from django.core.files.storage import default_storage
default_storage.exists("x")
print("boto3" in sys.modules)
"""


# The cache beside the broker ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/1"),
        ("redis://localhost:6379/1", "redis://localhost:6379/0"),
        ("redis://localhost:6379/15", "redis://localhost:6379/14"),
        ("redis://localhost", "redis://localhost/1"),
        ("redis://:secret@redis:6379/", "redis://:secret@redis:6379/1"),
        ("rediss://u:p@h:6380/4?ssl_cert_reqs=required", "rediss://u:p@h:6380/5?ssl_cert_reqs=required"),
    ],
)
def test_the_cache_has_a_database_of_its_own_beside_the_brokers(monkeypatch, broker, cache):
    monkeypatch.delenv("CACHE_URL", raising=False)

    assert env.cache_url("CACHE_URL", broker) == cache


def test_every_broker_of_the_sixteen_has_another_cache_among_them(monkeypatch):
    monkeypatch.delenv("CACHE_URL", raising=False)

    pairs = {
        (number, int(env.cache_url("CACHE_URL", f"redis://h/{number}")[-2:].strip("/")))
        for number in range(16)
    }

    assert {cache for _broker, cache in pairs} == set(range(16))
    assert all(broker != cache for broker, cache in pairs)


def test_a_cache_that_is_given_is_taken(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://elsewhere:6379/0")

    assert env.cache_url("CACHE_URL", "redis://localhost:6379/0") == "redis://elsewhere:6379/0"


@pytest.mark.parametrize(
    ("broker", "cache", "why"),
    [
        ("redis://h:6379/0", "redis://h:6379/0", "another database"),
        ("redis://h", "redis://:secret@h:6379/0", "another database"),
        ("redis://h/queue", "", "set when REDIS_URL"),
    ],
)
def test_a_cache_in_the_brokers_database_is_refused(monkeypatch, broker, cache, why):
    monkeypatch.setenv("CACHE_URL", cache)

    with pytest.raises(ImproperlyConfigured, match=f"CACHE_URL must be {why}"):
        env.cache_url("CACHE_URL", broker)


def test_emptying_the_cache_throws_no_message_to_the_workers_away(settings):
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    broker.set("told the workers", "something", ex=60)

    cache.clear()

    assert broker.getdel("told the workers") == b"something"


# Where files are ---------------------------------------------------------------------------------


def test_files_are_in_a_folder_unless_a_bucket_is_named(monkeypatch):
    monkeypatch.delenv("STORAGE_URL", raising=False)

    assert env.storage("STORAGE_URL") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ("s3://bucket", {"bucket_name": "bucket", "location": ""}),
        ("s3://my.bucket-1/a/b/", {"bucket_name": "my.bucket-1", "location": "a/b"}),
        (
            "s3://KEY:a%2Fb+c%3D@bucket?endpoint=https://s3.example:9000&region=se-1",
            {
                "bucket_name": "bucket",
                "location": "",
                "access_key": "KEY",
                "secret_key": "a/b+c=",
                "endpoint_url": "https://s3.example:9000",
                "region_name": "se-1",
            },
        ),
    ],
)
def test_a_bucket_is_read_with_its_keys_place_and_prefix(monkeypatch, given, options):
    monkeypatch.setenv("STORAGE_URL", given)

    assert env.storage("STORAGE_URL") == {"BACKEND": "config.storage.BucketStorage", "OPTIONS": options}


@pytest.mark.parametrize(
    "given",
    [
        "/srv/files",
        "https://s3.example/bucket",
        "s3:///files",
        "s3://KEY@bucket",
        "s3://KEY:sec/ret@bucket",
        "s3://KEY:secret@Bucket",
        "s3://KEY:secret@bucket:9000",
        "s3://bucket?endpoint=https://s3.example&acl=public-read",
    ],
)
def test_an_address_that_is_no_bucket_is_refused_without_printing_its_secret(monkeypatch, given):
    monkeypatch.setenv("STORAGE_URL", given)

    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL must be such as s3://") as refused:
        env.storage("STORAGE_URL")

    assert given not in str(refused.value)


def test_without_a_bucket_nothing_that_speaks_to_one_is_loaded():
    started = start(GIVEN | {"DJANGO_SETTINGS_MODULE": "config.settings"}, "-c", IMPORTED)

    assert (started.returncode, started.stdout) == (0, "False\n")


def test_with_one_it_is_loaded_no_sooner_than_files_are_used():
    given = GIVEN | {"DJANGO_SETTINGS_MODULE": "config.settings", "STORAGE_URL": "s3://bucket"}

    started = start(given, "-c", IMPORTED.replace('default_storage.exists("x")', ""))

    assert (started.returncode, started.stdout) == (0, "False\n")
