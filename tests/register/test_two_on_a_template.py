"""Two administrators in one form: what each changes is kept, and where both change the same, they choose."""

import pytest

from cases.register.models import TemplateSection
from core.models import Change
from tests.factories import person_as
from tests.register.plans import template_of
from tests.writers import Writer


@pytest.fixture
def section(body):
    template = template_of(body.municipality)
    return TemplateSection.objects.create(
        template=template, key="result", heading="Resultat", guidance="Kort.\nTydligt.", position=9
    )


@pytest.fixture
def open_by(client_for):
    def opened(person, row):
        kind = "sections/" if isinstance(row, TemplateSection) else ""
        return Writer(client_for(person), f"/templates/{kind}{row.pk}/{'' if kind else 'edit/'}")

    return opened


@pytest.fixture
def both(section, body, administrator, open_by):
    """Two administrators who have opened the same section."""
    return open_by(administrator, section), open_by(person_as("administrator", body), section)


def test_what_two_change_in_different_fields_of_a_section_stands_together(both, section):
    first, second = both

    codes = [first.saves(heading="Utfall").status_code, second.saves(law="HSL 5 kap. 2 §").status_code]

    section.refresh_from_db()
    assert codes == [302, 302]
    assert (section.heading, section.law, section.guidance.splitlines()) == (
        "Utfall",
        "HSL 5 kap. 2 §",
        ["Kort.", "Tydligt."],
    )


def test_the_second_of_two_who_change_the_same_sees_both_and_nothing_is_saved(both, section, administrator):
    first, second = both
    first.saves(heading="Utfall")

    answer = second.saves(heading="Vad vi nådde", law="HSL 5 kap. 2 §")

    section.refresh_from_db()
    assert (answer.status_code, section.heading, section.law) == (409, "Utfall", "")
    [row] = answer.context["rows"]
    assert (row["mine"], row["theirs"], row["by"]) == ("Vad vi nådde", "Utfall", administrator)
    assert f"Sparad av {administrator}" in answer.content.decode()


@pytest.mark.parametrize(("keep", "heading"), [("mine", "Vad vi nådde"), ("theirs", "Utfall")])
def test_the_choice_holds_for_what_collided_and_the_rest_is_saved_with_it(keep, heading, both, section):
    first, second = both
    first.saves(heading="Utfall", guidance="Kort")
    asked = second.saves(heading="Vad vi nådde", law="HSL 5 kap. 2 §").context

    answer = second.page.post(second.url, dict(asked["sent"]) | {"settled": asked["latest"], "keep": keep})

    section.refresh_from_db()
    assert answer.status_code == 302
    assert (section.heading, section.law, section.guidance) == (heading, "HSL 5 kap. 2 §", "Kort")


def test_a_choice_does_not_hold_for_what_is_saved_after_it_was_shown(both, section):
    first, second = both
    first.saves(heading="Utfall")
    asked = second.saves(heading="Vad vi nådde").context
    TemplateSection.objects.filter(pk=section.pk).update(heading="Resultat och utfall")

    answer = second.page.post(second.url, dict(asked["sent"]) | {"settled": asked["latest"], "keep": "mine"})

    section.refresh_from_db()
    assert (answer.status_code, section.heading) == (409, "Resultat och utfall")
    assert Change.objects.about((TemplateSection, [section.pk])).latest("pk").pk == answer.context["latest"]


def test_the_same_said_twice_is_no_collision(both, section):
    first, second = both

    codes = [one.saves(heading="Utfall").status_code for one in (first, second)]

    assert codes == [302, 302]


def test_two_in_the_form_of_a_template_choose_as_well(section, body, administrator, open_by):
    template = section.template
    first, second = (open_by(one, template) for one in (administrator, person_as("administrator", body)))
    first.saves(name="Årsplan")

    answer = second.saves(name="Verksamhetsplan")

    template.refresh_from_db()
    assert (answer.status_code, template.name) == (409, "Årsplan")
