"""The demo's municipalities, bodies, roles and people. All are invented."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password

from committee.models import Body, Membership, Municipality, Person, Role
from committee.services import begin_body, begin_municipality
from config.demo.logins import PASSWORD

HERE = Path(__file__).resolve().parent
TERM = date(2023, 1, 1)

MUNICIPALITIES = {
    "lindvassa": {
        "name": "Lindvassa kommun",
        "accent": "#0b5c6b",
        "house_style": Municipality.HouseStyle.RULED,
        "number_format": "{prefix}/{year}:{number:05d}",
        "numbers": Municipality.Numbers.COUNTER,
        "department": "Socialförvaltningen",
        "address": "123 00 Lindvassa",
        "visiting_address": "Hamngatan 4",
        "phone": "0123-45 60 00",
        "web": "lindvassa.example",
        "organisation_number": "212000-0000",
    },
    "stromskoga": {
        "name": "Strömskoga kommun",
        "accent": "#7a2e4d",
        "house_style": Municipality.HouseStyle.COLUMN,
        "number_format": "{prefix}{year}/{number}",
        "numbers": Municipality.Numbers.TYPED,
        "department": "Social- och omsorgskontoret",
        "address": "321 00 Strömskoga",
        "visiting_address": "Bruksvägen 12",
        "phone": "0321-10 00 00",
        "web": "stromskoga.example",
        "organisation_number": "212000-1111",
    },
}

BODY = {
    "name": "Socialnämnden",
    "prefix": "SN",
    "summons_days": 7,
    "rules_reference": "nämndens reglemente § 14",
    "usual_place": "Kommunhuset, plan 2",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the demo, by municipality and key."""

    bodies: dict[str, Body]
    people: dict[str, Person]


def everybody() -> Cast:
    """Return who is in the demo that was loaded before."""
    emails = {row["email"]: row["key"] for row in _listed()}
    return Cast(
        {body.municipality.slug: body for body in Body.objects.select_related("municipality")},
        {emails[person.email]: person for person in Person.objects.filter(email__in=emails)},
    )


def add_everybody() -> Cast:
    """Save municipalities, bodies, roles, people and their memberships."""
    bodies = {slug: _add_municipality(slug, fields) for slug, fields in MUNICIPALITIES.items()}
    roles = {(role.municipality.slug, role.key): role for role in Role.objects.select_related("municipality")}
    password = make_password(PASSWORD)  # dear by design, and everybody's: once is enough
    people = {row["key"]: _add_person(row, password) for row in _listed()}
    for row in _listed():
        _add_membership(row, people[row["key"]], bodies[row["municipality"]], roles)
    return Cast(bodies, people)


@cache
def _listed() -> list[dict]:
    return tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))["person"]


def _add_municipality(slug: str, fields: dict) -> Body:
    municipality = begin_municipality(slug=slug, **fields)
    return begin_body(municipality, **BODY)


def _add_person(row: dict, password: str) -> Person:
    return Person.objects.create(
        email=row["email"],
        password=password,
        first_name=row["first_name"],
        last_name=row["last_name"],
        title=row.get("title", ""),
    )


def _add_membership(row: dict, person: Person, body: Body, roles: dict) -> None:
    Membership.objects.create(
        person=person,
        body=body,
        role=roles[row["municipality"], row["role"]],
        party=row.get("party", ""),
        place=row.get("order", 0),
        from_on=row.get("starts_on", TERM),
        to_on=row.get("ends_on"),
    )
