"""The document templates that a municipality can begin with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.register.models import DocumentTemplate, TemplateSection
from cases.register.requirements import Requirement
from cases.register.services import add_standard_templates
from cases.register.standard import plans
from core.blocks import blocks
from tests.factories import BodyFactory


def test_every_standard_template_names_blocks_that_there_are_and_fields_that_a_section_has():
    sections = [(kind, section) for kind, plan in plans().items() for section in plan["section"]]

    unknown = {
        (kind, one["block"]) for kind, one in sections if one.get("block") and one["block"] not in blocks
    }
    strange = {(kind, name) for kind, one in sections for name in one} - {
        (kind, name)
        for kind, _one in sections
        for name in (*TemplateSection.planned_fields(), "responsible_role")
    }
    assert unknown == set()
    assert strange == set()


def test_what_the_law_wants_of_a_standard_template_has_a_section_to_answer_it():
    for plan in plans().values():
        wanted = {Requirement.of(row).paragraph for row in plan.get("requirements", [])}
        answered = {one.strip() for section in plan["section"] for one in section.get("law", "").split(";")}
        assert wanted <= answered, plan["kind"]


def test_a_municipality_gets_what_it_lacks_and_keeps_what_it_has(body, administrator):
    place = body.municipality
    own = DocumentTemplate.objects.create(
        municipality=place, kind="internbudget", name="Vår egen", label="EGEN"
    )

    made = add_standard_templates(place, by=administrator)
    again = add_standard_templates(place, by=administrator)

    own.refresh_from_db()
    assert {one.kind for one in made} == plans().keys() - {"internbudget"}
    assert again == []
    assert (own.name, own.sections.count()) == ("Vår egen", 0)
    report = place.document_templates.get(kind="delarsrapport")
    planned = plans()["delarsrapport"]["section"]
    assert [section.key for section in report.sections.all()] == [one["key"] for one in planned]


def test_the_command_adds_the_kinds_that_are_named_and_says_what_there_is():
    said = StringIO()

    call_command("templates", stdout=said)

    assert "delarsrapport" in said.getvalue()


@pytest.mark.django_db
def test_the_command_refuses_a_kind_that_nobody_knows_and_adds_one_that_is_known():
    place = BodyFactory().municipality

    with pytest.raises(CommandError, match="kladd"):
        call_command("templates", place.slug, "kladd")
    call_command("templates", place.slug, "delarsrapport", stdout=StringIO())

    assert [one.kind for one in place.document_templates.all()] == ["delarsrapport"]
