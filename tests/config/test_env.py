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


# Addresses that are none --------------------------------------------------------------------------

REDIS = "redis://:PASSWORD@HOST:6379/0, with / in PASSWORD written %2F."
DATABASE = "postgres://ROLE:PASSWORD@HOST/NAME, with / in PASSWORD written %2F."


@pytest.mark.parametrize(
    "given", ["nonsense", "redis://", "http://h:6379/0", "redis://:s/cret@h/0", "redis://[h"]
)
def test_a_broker_or_cache_that_is_no_address_of_redis_is_refused_by_its_own_name(monkeypatch, given):
    monkeypatch.setenv("REDIS_URL", given)
    monkeypatch.setenv("CACHE_URL", given)

    with pytest.raises(ImproperlyConfigured) as broker:
        env.redis_url("REDIS_URL")
    with pytest.raises(ImproperlyConfigured) as cache:
        env.cache_url("CACHE_URL", "redis://localhost:6379/0")

    assert str(broker.value) == f"REDIS_URL must be such as {REDIS}"
    assert str(cache.value) == f"CACHE_URL must be such as {REDIS}"


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        "sqlite:///x",
        "mysql://h/name",
        "postgres://h",
        "postgres://u:s/cret@h/name",
        "postgres://[h/n",
    ],
)
def test_a_database_that_is_no_address_of_postgresql_is_refused_without_printing_its_password(
    monkeypatch, given
):
    monkeypatch.setenv("DATABASE_URL", given)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.database("DATABASE_URL")

    assert str(refused.value) == f"DATABASE_URL must be such as {DATABASE}"


@pytest.mark.parametrize(
    "given", ["postgres://u:s%2Fcret@h:5432/name", "postgresql://u:s%2Fcret@h:5432/name"]
)
def test_a_database_is_read_with_its_role_and_password(monkeypatch, given):
    monkeypatch.setenv("DATABASE_URL", given)

    entry = env.database("DATABASE_URL")

    assert [entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "name",
        "u",
        "s/cret",
        "h",
        5432,
    ]


@pytest.mark.parametrize(
    "given", ["nonsense", "namnd.granby.example", "ftp://namnd.granby.example", "https://", "https://h:port"]
)
def test_an_address_of_ours_that_no_mail_can_link_to_is_refused(monkeypatch, given):
    monkeypatch.setenv("SITE_URL", given)

    with pytest.raises(
        ImproperlyConfigured, match=r"SITE_URL must be such as https://namnd\.granby\.example, not"
    ):
        env.site("SITE_URL", "http://localhost:8000")


@pytest.mark.parametrize(
    ("given", "site"),
    [("", "http://localhost:8000"), ("https://namnd.granby.example/", "https://namnd.granby.example")],
)
def test_our_address_has_a_default_and_ends_without_a_slash(monkeypatch, given, site):
    monkeypatch.setenv("SITE_URL", given)

    assert env.site("SITE_URL", "http://localhost:8000") == site


@pytest.mark.parametrize("given", ["*", ",", " , ", "*,*"])
def test_hosts_that_name_none_are_refused(monkeypatch, given):
    monkeypatch.setenv("ALLOWED_HOSTS", given)

    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS must name at least one host, such as"):
        env.hosts("ALLOWED_HOSTS")


# Where files are ---------------------------------------------------------------------------------


def test_files_are_in_a_folder_unless_a_bucket_is_named(monkeypatch):
    monkeypatch.delenv("STORAGE_URL", raising=False)

    assert env.storage("STORAGE_URL") == {"BACKEND": "config.folders.FolderStorage"}


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
        "s3://[bad",
        "s3://b..t",
        "s3://b.-t",
        "s3://bt",
        f"s3://{'b' * 64}",
    ],
)
def test_an_address_that_is_no_bucket_is_refused_without_printing_its_secret(monkeypatch, given):
    monkeypatch.setenv("STORAGE_URL", given)

    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL must be such as s3://") as refused:
        env.storage("STORAGE_URL")

    assert given not in str(refused.value)


@pytest.mark.parametrize(
    "given",
    ["endpoint=nonsense", "endpoint=", "endpoint", "endpoint=s3.example:9000", "endpoint=https://h:0"],
)
def test_an_endpoint_that_is_no_address_is_refused_by_name(monkeypatch, given):
    monkeypatch.setenv("STORAGE_URL", f"s3://KEY:secret@bucket?{given}")

    with pytest.raises(ImproperlyConfigured) as refused:
        env.storage("STORAGE_URL")

    assert str(refused.value) == "The endpoint in STORAGE_URL must be such as endpoint=https://s3.example.se."


@pytest.mark.parametrize("given", ["", "se 1", "https://s3.example"])
def test_a_region_that_is_no_name_is_refused_by_name(monkeypatch, given):
    monkeypatch.setenv("STORAGE_URL", f"s3://bucket?region={given}")

    with pytest.raises(ImproperlyConfigured, match="The region in STORAGE_URL must be such as region=se-1"):
        env.storage("STORAGE_URL")


def test_without_a_bucket_nothing_that_speaks_to_one_is_loaded():
    started = start(GIVEN | {"DJANGO_SETTINGS_MODULE": "config.settings"}, "-c", IMPORTED)

    assert (started.returncode, started.stdout) == (0, "False\n")


def test_with_one_it_is_loaded_no_sooner_than_files_are_used():
    given = GIVEN | {"DJANGO_SETTINGS_MODULE": "config.settings", "STORAGE_URL": "s3://bucket"}

    started = start(given, "-c", IMPORTED.replace('default_storage.exists("x")', ""))

    assert (started.returncode, started.stdout) == (0, "False\n")
