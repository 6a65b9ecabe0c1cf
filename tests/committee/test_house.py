"""What the administrator says of the committee and of what stands on the municipality's papers."""

import pytest

from core.models import Change
from tests.factories import BodyFactory, person_as

WHO = ("administrator", "secretary", "head", "case_officer", "chair", "member", "stranger")
COMMITTEE = {
    "name": "Omsorgsnämnden",
    "kind": "committee",
    "prefix": "ON",
    "summons_days": "10",
    "usual_place": "Rådhuset",
    "summons": "8",
    "adjustment": "14",
}
MUNICIPALITY = {
    "name": "Granby kommun",
    "organisation_number": "212000-0000",
    "department": "Omsorgsförvaltningen",
    "address": "123 00 Granby",
    "visiting_address": "Hamngatan 4",
    "phone": "0123-45 60 00",
    "web": "granby.example",
    "house_style": "column",
    "accent": "#7a2e4d",
    "numbers": "counter",
    "number_format": "{prefix}/{year}:{number:05d}",
}


@pytest.mark.parametrize("url", ["/committee/", "/municipality/"])
def test_only_administrator_and_secretary_say_what_the_house_is_called(url, people, client_for):
    codes = [client_for(getattr(people, who)).get(url).status_code for who in WHO]

    assert codes == [200, 200, 403, 403, 403, 403, 403]


def test_the_committees_rules_are_changed_and_the_history_says_by_whom(body, administrator, client_for):
    client_for(administrator).post("/committee/", COMMITTEE)

    body.refresh_from_db()
    assert (body.name, body.summons_days) == ("Omsorgsnämnden", 10)
    assert body.deadline_offsets == {"summons": 8, "adjustment": -14}
    assert Change.objects.about((type(body), [body.pk])).latest("pk").by == administrator


def test_the_form_shows_what_holds_now(body, administrator, client_for):
    form = client_for(administrator).get("/committee/").context["form"]

    assert (form["manuscript"].value(), form["adjustment"].value()) == (20, 14)


def test_a_prefix_that_another_committee_has_is_refused(body, administrator, client_for):
    BodyFactory(municipality=body.municipality, prefix="ON")

    answer = client_for(administrator).post("/committee/", COMMITTEE)

    assert answer.status_code == 422
    assert "ON" in answer.content.decode()
    body.refresh_from_db()
    assert body.prefix == "SN"


def test_what_stands_on_the_papers_is_changed(body, administrator, client_for):
    client_for(administrator).post("/municipality/", MUNICIPALITY)

    body.municipality.refresh_from_db()
    assert (body.municipality.department, body.municipality.accent) == ("Omsorgsförvaltningen", "#7a2e4d")


@pytest.mark.parametrize(
    ("field", "value"), [("accent", "#eeeeee"), ("number_format", "{year}"), ("department", ""), ("name", "")]
)
def test_what_papers_cannot_have_is_refused_at_its_field(field, value, body, administrator, client_for):
    answer = client_for(administrator).post("/municipality/", MUNICIPALITY | {field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_neighbour_changes_only_their_own(body, client_for):
    other = BodyFactory()

    client_for(person_as("administrator", other)).post("/committee/", COMMITTEE)

    body.refresh_from_db()
    assert body.name == "Socialnämnden"
