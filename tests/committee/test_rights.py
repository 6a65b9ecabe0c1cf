"""What a membership gives, from the day it begins to the day it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from committee.models import Membership, Person
from committee.rights import Rights
from tests.factories import TODAY, BodyFactory, MembershipFactory, PersonFactory, RoleFactory, person_as

A_DAY = timedelta(days=1)


# Role: whether it reads drafts, reads what is secret, is called to meetings.
FLAGS = {
    "chair": (True, True, True),
    "vice_chair": (True, True, True),
    "member": (False, False, True),
    "substitute": (False, False, True),
    "secretary": (True, True, False),
    "head": (True, True, False),
    "case_officer": (True, False, False),
    "controller": (True, False, False),
    "administrator": (False, False, False),
}


@pytest.mark.parametrize("role", FLAGS)
def test_a_role_gives_what_its_flags_say(body, role):
    rights = person_as(role, body).rights

    assert (
        body.pk in rights.drafts,
        body.pk in rights.secret,
        body.pk in rights.attends,
    ) == FLAGS[role]
    assert rights.bodies == {body.pk}


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (TODAY, None, True),
        (TODAY + A_DAY, None, False),
        (TODAY - A_DAY, TODAY, True),
        (TODAY - 2 * A_DAY, TODAY - A_DAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(body, begins, ends, holds):
    person = MembershipFactory(body=body, key="secretary", from_on=begins, to_on=ends).person

    assert person.rights.has_role(body.pk, "secretary") == holds
    assert bool(person.rights.bodies) == holds


def test_flags_are_the_municipalitys_own(body):
    RoleFactory(municipality=body.municipality, key="substitute", may_read_drafts=True)

    assert person_as("substitute", body).rights.drafts == {body.pk}


def test_the_roles_of_several_bodies_are_kept_apart(body):
    other = BodyFactory()
    person = person_as("secretary", body)
    MembershipFactory(person=person, body=other, key="member")

    rights = Person.objects.get(pk=person.pk).rights

    assert rights.bodies == {body.pk, other.pk}
    assert rights.drafts == {body.pk}
    assert rights.bodies_as("secretary", "member") == {body.pk, other.pk}
    assert not rights.has_role(other.pk, "secretary")


def test_two_roles_in_one_body_add_up(body):
    person = person_as("member", body)
    MembershipFactory(person=person, body=body, key="case_officer")

    rights = Person.objects.get(pk=person.pk).rights

    assert (rights.attends, rights.drafts) == ({body.pk}, {body.pk})


@pytest.mark.parametrize(
    ("roles", "only_reads"),
    [
        (["member"], True),
        (["substitute"], True),
        (["member", "secretary"], False),
        (["chair"], False),
        ([], False),
    ],
)
def test_who_only_reads_prepares_nothing(body, roles, only_reads):
    held = [
        MembershipFactory.build(body=body, role=RoleFactory(municipality=body.municipality, key=key))
        for key in roles
    ]

    assert Rights.of(held).only_reads == only_reads


def test_rights_cost_one_query_and_are_asked_for_once(body, django_assert_num_queries):
    person = Person.objects.get(pk=person_as("secretary", body).pk)

    with django_assert_num_queries(1):
        assert person.rights.places == (body,)
        assert person.rights.places[0].municipality == body.municipality


def test_whoever_belongs_nowhere_may_nothing(stranger):
    assert stranger.rights == Rights()


def test_somebody_inactive_has_no_permission_whatever_their_role(body):
    person = person_as("secretary", body, is_active=False)

    assert not person.has_perm("agenda.add_item", body)


def test_a_membership_that_ends_before_it_begins_is_refused_by_the_database(body):
    with pytest.raises(IntegrityError):
        MembershipFactory(body=body, from_on=TODAY, to_on=TODAY - A_DAY)


def test_the_summons_goes_to_members_and_substitutes_of_the_day(people, body):
    called = Membership.objects.current(TODAY).filter(body=body).called()

    assert {one.role.key for one in called} == {"chair", "member", "substitute"}


def test_a_person_is_shown_with_name_and_title(db):
    person = PersonFactory(first_name="Alva", last_name="Provsson", title="utredare")

    assert (str(person), person.with_title, person.initials) == (
        "Alva Provsson",
        "Alva Provsson, utredare",
        "AP",
    )
