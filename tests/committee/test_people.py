"""Who keeps the people of a body, and what that does and does not let them do."""

import pytest

from committee.models import Membership, Person
from core.models import Change
from tests.factories import PASSWORD, TODAY, BodyFactory, MembershipFactory, RoleFactory, person_as

MAY_KEEP = {
    "secretary": True,
    "administrator": True,
    "case_officer": False,
    "head": False,
    "chair": False,
    "member": False,
    "substitute": False,
    "stranger": False,
}


@pytest.fixture
def role(body):
    return RoleFactory(municipality=body.municipality, key="member")


def filled(role, **changes):
    return {
        "email": "ny@granby.example",
        "first_name": "Ny",
        "last_name": "Ledamot",
        "role": role.pk,
        "from_on": "2023-06-01",
    } | changes


@pytest.mark.parametrize("key", MAY_KEEP)
def test_only_secretary_and_administrator_keep_the_people(people, role, client_for, key):
    client = client_for(getattr(people, key))

    allowed = MAY_KEEP[key]
    assert [client.get(url).status_code for url in ("/people/", "/people/new/")] == [
        200 if allowed else 403
    ] * 2
    client.post("/people/new/", filled(role))
    assert Membership.objects.filter(person__email="ny@granby.example").exists() == allowed


def test_somebody_new_gets_a_role_and_no_password(administrator, body, role, client_for):
    client_for(administrator).post("/people/new/", filled(role))

    held = Membership.objects.get(person__email="ny@granby.example")
    assert (held.body, held.role, str(held.person)) == (body, role, "Ny Ledamot")
    assert not held.person.check_password("")


def test_the_history_says_who_appointed(administrator, role, client_for):
    client_for(administrator).post("/people/new/", filled(role))

    held = Membership.objects.get(person__email="ny@granby.example")
    assert Change.objects.about((Membership, [held.pk])).get().by == administrator


def test_somebody_known_keeps_name_and_password(administrator, member, body, client_for):
    role = RoleFactory(municipality=body.municipality, key="chair")

    client_for(administrator).post("/people/new/", filled(role, email=member.email.upper()))

    assert Person.objects.get(pk=member.pk).check_password(PASSWORD)
    assert str(Person.objects.get(pk=member.pk)) == str(member)
    assert member.memberships.count() == 2


def test_the_same_role_from_the_same_day_is_refused_with_a_message(administrator, role, client_for):
    client = client_for(administrator)
    client.post("/people/new/", filled(role))

    response = client.post("/people/new/", filled(role))

    assert list(response.context["form"].errors) == ["role"]
    assert Membership.objects.filter(role=role).count() == 1


def test_nobody_gives_a_role_to_themselves(administrator, body, client_for):
    head = RoleFactory(municipality=body.municipality, key="head")

    response = client_for(administrator).post("/people/new/", filled(head, email=administrator.email.upper()))

    assert list(response.context["form"].errors) == ["email"]
    assert administrator.memberships.count() == 1


def test_another_municipalitys_role_cannot_be_given(administrator, client_for):
    elsewhere = RoleFactory(key="chair")

    response = client_for(administrator).post("/people/new/", filled(elsewhere))

    assert list(response.context["form"].errors) == ["role"]
    assert not Membership.objects.filter(role=elsewhere).exists()


def test_a_membership_ends_on_its_last_day(administrator, member, client_for):
    held = member.memberships.get()

    client_for(administrator).post(f"/people/{held.pk}/end/", {"to_on": "2023-06-05"})

    held.refresh_from_db()
    assert str(held.to_on) == "2023-06-05"
    assert not Person.objects.get(pk=member.pk).rights.bodies


@pytest.mark.parametrize(("key", "status"), [("case_officer", 403), ("member", 403), ("stranger", 404)])
def test_others_end_nobodys_membership(people, client_for, key, status):
    held = people.chair.memberships.get()

    response = client_for(getattr(people, key)).post(f"/people/{held.pk}/end/", {"to_on": "2023-06-05"})

    held.refresh_from_db()
    assert (response.status_code, held.to_on) == (status, None)


def test_an_administrator_of_one_body_ends_nothing_in_another(administrator, client_for):
    other = BodyFactory()
    MembershipFactory(person=administrator, body=other, key="member")
    held = person_as("chair", other).memberships.get()

    response = client_for(administrator).post(f"/people/{held.pk}/end/", {"to_on": "2023-06-05"})

    held.refresh_from_db()
    assert (response.status_code, held.to_on) == (403, None)


def test_the_list_shows_who_has_left_below(administrator, body, client_for):
    gone = MembershipFactory(body=body, from_on=TODAY.replace(year=2020), to_on=TODAY.replace(year=2022))

    context = client_for(administrator).get("/people/").context

    assert context["ended"] == [gone]
    assert gone not in context["current"]
