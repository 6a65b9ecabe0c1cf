import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings

from tests.factories import TODAY
from tests.secrecy.worlds import add_secrets, open_world, send


@pytest.fixture(scope="package")
def shared_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """A called meeting with every kind of secret, made once for all these tests and undone after them."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(TODAY=TODAY, MEDIA_ROOT=files), transaction.atomic():
        world = open_world()
        add_secrets(world)
        send(world)
        world.mails = {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}
        world.files = files
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world, db, settings):
    """The world for one test; what the test does to it is undone."""
    settings.MEDIA_ROOT = shared_world.files
    return shared_world
