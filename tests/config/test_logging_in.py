"""Logging in: with the right password, not by trying many."""

import pytest
from django.core.cache import cache
from django.utils.translation import gettext as _

from tests.factories import PASSWORD, PersonFactory

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def nobody_has_tried():
    """The tries are counted in the cache, which no test undoes."""
    cache.clear()


@pytest.fixture
def person(db):
    return PersonFactory()


def attempt(client, login, password, **more):
    return client.post(LOGIN, {"login": login, "password": password}, **more)


def errors(response):
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_the_right_password_lets_in_and_leads_on(person, client):
    response = client.post(f"{LOGIN}?next=/cases/", {"login": person.email, "password": PASSWORD})

    assert response.url == "/cases/"


def test_a_page_elsewhere_is_not_led_on_to(person, client):
    response = client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": person.email, "password": PASSWORD}
    )

    assert response.url == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(person, client):
    wrong = errors(attempt(client, person.email, "fel lösenord"))
    unknown = errors(attempt(client, "nobody@granby.example", "fel lösenord"))

    assert wrong == unknown == [_("The e-mail address or the password is wrong.")]


def test_somebody_whose_account_is_closed_is_not_let_in(person, client):
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    attempt(client, person.email, PASSWORD)

    assert client.get("/cases/").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(person, client):
    for _time in range(5):
        attempt(client, person.email, "fel lösenord")

    response = attempt(client, person.email, PASSWORD)

    assert errors(response) == [_("Too many tries. Wait five minutes and try again.")]
    assert client.get("/cases/").status_code == 302


def test_others_still_get_in_while_one_account_has_to_wait(person, client):
    for _time in range(5):
        attempt(client, person.email, "fel lösenord")

    assert attempt(client, PersonFactory().email, PASSWORD).url == "/"


def test_many_tries_from_one_place_are_answered_429_with_what_to_do(person, client):
    tries = [attempt(client, f"nobody{number}@granby.example", "fel") for number in range(31)]

    assert [response.status_code for response in tries] == [200] * 30 + [429]
    assert _("Wait five minutes and try again.") in tries[-1].content.decode()


def test_behind_a_proxy_the_place_is_the_one_that_the_proxy_saw(person, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as BEHIND_PROXY=1 sets it
    for number in range(31):
        # The first address is the client's own word.
        seen = {"x-forwarded-for": f"10.0.0.{number}, 203.0.113.7"}
        attempt(client, f"nobody{number}@granby.example", "fel", headers=seen)

    same = attempt(client, person.email, PASSWORD, headers={"x-forwarded-for": "203.0.113.7"})
    other = attempt(client, person.email, PASSWORD, headers={"x-forwarded-for": "203.0.113.8"})

    assert (same.status_code, other.status_code) == (429, 302)


def test_nobody_signs_up_by_themselves(db, client):
    typed = {"email": "ny@granby.example", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/accounts/signup/", typed)

    assert not type(PersonFactory()).objects.filter(email="ny@granby.example").exists()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "password/set/", "login/code/confirm/"])
def test_nobody_changes_by_themselves_where_mail_to_them_goes(address, person, client):
    client.force_login(person)

    assert client.get(f"/accounts/{address}").status_code == 404
