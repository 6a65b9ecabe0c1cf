import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from committee.colours import contrast, mixed
from committee.furniture import furniture
from committee.models.bodies import number_format, readable_accent
from tests.factories import BodyFactory, MunicipalityFactory

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize("colour", ["#0b5c6b", "#7a2e4d", "#000000", "#767676"])
def test_an_accent_on_which_white_can_be_read_is_accepted(colour):
    readable_accent(colour)


@pytest.mark.parametrize("colour", ["#ffffff", "#777777", "#ffd500", "#00b7c2"])
def test_an_accent_on_which_white_cannot_be_read_is_refused(colour):
    with pytest.raises(ValidationError):
        readable_accent(colour)


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.001


@given(colours, colours)
def test_mixing_in_nothing_or_everything_gives_one_of_the_colours(one, other):
    assert (mixed(one, other, 0), mixed(one, other, 1)) == (one, other)


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("{prefix}/{year}:{number:05d}", "SN/2023:00183"),
        ("{prefix}{year}/{number}", "SN2023/183"),
        ("{prefix} {year}-{number}", "SN 2023-183"),
    ],
)
def test_a_number_is_written_as_the_municipality_writes_it(form, number):
    number_format(form)

    assert MunicipalityFactory.build(number_format=form).format_number("SN", 2023, 183) == number


@pytest.mark.parametrize(
    "form",
    [
        "",
        "{year}:{number}",
        "{prefix}/{number}",
        "{prefix}/{year}",
        "{prefix}{year}{",
        "{}",
        "{prefix}{year}{number:x}",
        "{body}",
    ],
)
def test_a_format_that_cannot_write_a_number_is_refused(form):
    with pytest.raises(ValidationError):
        number_format(form)


@pytest.mark.parametrize(
    "form",
    ["{prefix}{year}{number.__class__}", "{prefix.__init__}{year}{number}", "{prefix[0]}{year}{number}"],
)
def test_a_format_that_reaches_into_objects_is_refused(form):
    with pytest.raises(ValidationError):
        number_format(form)


def test_a_municipality_is_checked_whole(db):
    with pytest.raises(ValidationError) as refused:
        MunicipalityFactory.build(accent="rött", number_format="{year}").full_clean()

    assert set(refused.value.message_dict) == {"accent", "number_format"}


def test_the_colour_is_a_stylesheet_that_needs_no_log_in(client, db):
    municipality = MunicipalityFactory(accent="#7a2e4d")

    response = client.get(f"/accent/{municipality.slug}.css")

    assert response["Content-Type"] == "text/css"
    assert b"--brand:#7a2e4d" in response.content


def test_an_unknown_municipality_has_no_stylesheet(client, db):
    assert client.get("/accent/ingenstans.css").status_code == 404


def test_furniture_is_the_municipalitys_and_the_recipient_is_the_body_unless_told(db):
    body = BodyFactory(municipality__department="Socialförvaltningen")

    stands = furniture(body, label="TJÄNSTESKRIVELSE", number="SN/2023:00183")

    assert (stands["unit"], stands["recipient"], stands["style"]) == (
        "Socialförvaltningen",
        "Socialnämnden",
        "ruled",
    )
    assert furniture(body, label="", recipient="Kommunstyrelsen")["recipient"] == "Kommunstyrelsen"
