"""The first municipality and its administrator, by a command; from there on everything is done on the pages."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from committee.models import Body, Municipality, Person
from core.models import Change
from tests.factories import PASSWORD

TOLD = {
    "municipality": "Granby kommun",
    "committee": "Omsorgsnämnden",
    "prefix": "ON",
    "first_name": "Sara",
    "last_name": "Grund",
    "email": "sara.grund@granby.example",
}
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def found(capsys, **changes):
    call_command("found", **TOLD | changes)
    return capsys.readouterr().out


def link_in(text):
    return LINK.search(text)[1]


@pytest.mark.django_db
def test_the_link_that_is_printed_lets_the_administrator_in(capsys, client):
    asked = client.get(link_in(found(capsys)), follow=True)

    client.post(asked.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/login/", {"login": TOLD["email"], "password": PASSWORD})

    assert client.get("/people/").context["body"].name == "Omsorgsnämnden"
    assert client.get("/people/new/").status_code == 200


@pytest.mark.django_db
def test_everything_is_there_once_and_in_the_administrators_name(capsys):
    found(capsys)

    body = Body.objects.get()
    assert (str(body.municipality), body.prefix, body.summons_days) == ("Granby kommun", "ON", 7)
    assert body.municipality.roles.count() == 10
    assert body.deadline_offsets["manuscript"] == 20
    written = Change.objects.filter(table__in=["committee_body", "committee_membership"])
    assert {change.by for change in written} == {Person.objects.get()}


@pytest.mark.django_db
def test_a_second_time_is_refused_kindly_and_changes_nothing(capsys):
    found(capsys)

    with pytest.raises(CommandError, match="There is a municipality already: Granby kommun"):
        found(capsys, municipality="Strandby kommun")

    assert Municipality.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("email", "sara"), ("municipality", ""), ("prefix", "NIOTECKEN"), ("last_name", "")]
)
def test_what_cannot_be_is_said_and_nothing_is_saved(field, value, capsys):
    with pytest.raises(CommandError, match="Nothing was saved"):
        found(capsys, **{field: value})

    assert not Municipality.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_link_is_mailed_where_there_is_a_mail_server(capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    printed = found(capsys)

    [message] = mail.outbox
    assert message.to == [TOLD["email"]]
    assert link_in(printed) in message.body
    assert "It was mailed to sara.grund@granby.example" in printed


@pytest.mark.django_db
def test_a_mail_server_that_does_not_answer_keeps_nothing_back(capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    printed = found(capsys)

    assert "It could not be mailed" in printed
    assert link_in(printed).startswith("/accounts/password/reset/key/")


@pytest.mark.django_db
def test_a_lost_link_is_printed_anew(capsys, client):
    found(capsys)

    call_command("password_link", TOLD["email"].upper())

    asked = client.get(link_in(capsys.readouterr().out), follow=True)
    assert "password1" in asked.context["form"].fields


@pytest.mark.django_db
def test_an_empty_installation_says_on_its_log_in_page_what_to_do(capsys, client):
    assert "bin/manage found" in client.get("/accounts/login/").content.decode()

    found(capsys)

    assert "bin/manage found" not in client.get("/accounts/login/").content.decode()
