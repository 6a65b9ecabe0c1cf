"""Whether the program answers, asked by a machine."""

from tests.config.test_settings import GIVEN, start

ASK = """
import django; django.setup()
from django.test import Client
print(Client(raise_request_exception=False).get("/health/", headers={"host": "namnd.granby.example"}).status_code)
"""


def test_it_answers_ok_without_log_in(db, client):
    response = client.get("/health/")

    assert (response.status_code, response.content, response.headers["Content-Type"]) == (
        200,
        b"ok",
        "text/plain",
    )


def test_it_asks_the_database(db, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/health/")


def test_without_its_database_it_does_not_say_ok():
    env = GIVEN | {"PLAIN_HTTP": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}

    asked = start(env, "-c", ASK)

    assert asked.stdout == "500\n"
