"""The administrator's templates: seen, copied, changed, put in order; what was begun stays as it was."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.register import services
from cases.register.models import Document, DocumentTemplate, TemplateSection
from tests.factories import TODAY, BodyFactory, CaseFactory, person_as
from tests.register.conftest import ROLES
from tests.register.plans import SECTIONS, begin, template_of, year_of


@pytest.fixture
def template(body):
    return template_of(
        body.municipality, is_report=True, requirements=[{"paragraph": "L 1 §", "text": "allt"}]
    )


@pytest.fixture
def page(administrator, client_for):
    return client_for(administrator)


SECTION = {
    "heading": "Resultat", "level": "2", "key": "", "guidance": "Kort", "block": "", "told": "",
    "is_numbered": "on", "responsible_role": "", "law": "",
}  # fmt: skip
META = {"name": "Ny plan", "kind": "ny-plan", "label": "PLAN", "period_kind": ""}


def keys(template):
    return list(template.sections.order_by("position").values_list("key", flat=True))


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_meets_the_templates(template, everybody, client_for, role):
    section = template.sections.first()
    urls = [
        "/templates/", "/templates/new/", f"/templates/{template.pk}/", f"/templates/{template.pk}/edit/",
        f"/templates/{template.pk}/law/", f"/templates/{template.pk}/outline/",
        f"/templates/{template.pk}/sections/new/", f"/templates/sections/{section.pk}/",
    ]  # fmt: skip
    client = client_for(everybody[role])

    found = {client.get(url).status_code for url in urls}
    changed = client.post(f"/templates/sections/{section.pk}/remove/").status_code

    assert (found, changed) == (({200}, 302) if role == "administrator" else ({403}, 403))


def test_the_templates_of_another_municipality_are_not_found(template, client_for):
    elsewhere = client_for(person_as("administrator", BodyFactory()))

    answers = [elsewhere.get(f"/templates/{template.pk}/"), elsewhere.post(f"/templates/{template.pk}/copy/")]

    assert [one.status_code for one in answers] == [404, 404]
    assert DocumentTemplate.objects.count() == 1


def test_a_document_keeps_the_sections_that_it_was_begun_with(template, body, case_officer, administrator):
    document = begin(template, body, case_officer, year_of(body, 2023))
    first = template.sections.first()

    services.save_section_plan(
        template, first, by=administrator, heading="Nytt namn", key="intro", level=2, options={}
    )
    services.remove_section_plan(template.sections.last(), by=administrator)

    stands = [(one.key, one.heading, one.level) for one in document.sections.all()]
    assert stands == [(one["key"], one["heading"], 1) for one in SECTIONS]


def test_a_copy_has_everything_under_a_name_and_kind_of_its_own(template, page):
    page.post(f"/templates/{template.pk}/copy/")

    copied = DocumentTemplate.objects.get(kind="plan-of-actions-2")
    assert (keys(copied), copied.requirements) == (keys(template), template.requirements)
    assert copied.name != template.name
    assert TemplateSection.objects.count() == 2 * len(SECTIONS)


def test_what_documents_stand_on_cannot_be_changed_while_they_are_there(template, body, case_officer, page):
    begin(template, body, case_officer, year_of(body, 2023))
    told = META | {"kind": "plan-of-actions", "name": "Annat namn"}  # no longer a report

    page.post(f"/templates/{template.pk}/edit/", told)

    template.refresh_from_db()
    assert (template.name, template.is_report) == ("Annat namn", True)
    with pytest.raises(services.TemplateInUse):
        services.change_template(template, by=case_officer, is_report=False)


def test_a_template_with_documents_is_taken_out_of_use_and_not_removed(
    template, body, case_officer, page, client_for
):
    begin(template, body, case_officer, year_of(body, 2023))
    case = CaseFactory(body=body, owner=case_officer)

    page.post(f"/templates/{template.pk}/remove/")
    page.post(f"/templates/{template.pk}/edit/", META | {"kind": template.kind, "is_retired": "on"})

    offered = client_for(case_officer).get(f"/cases/{case.pk}/documents/new/").context["form"]
    assert template not in offered.fields["template"].queryset
    assert Document.objects.get().template == template


def test_a_template_without_documents_is_removed_with_its_sections(template, page):
    page.post(f"/templates/{template.pk}/remove/")

    assert (DocumentTemplate.objects.count(), TemplateSection.objects.count()) == (0, 0)


def test_a_template_is_begun_and_gets_sections_in_order(page, body):
    page.post("/templates/new/", META)
    template = DocumentTemplate.objects.get(municipality=body.municipality, kind="ny-plan")
    for heading in ("Syfte", "Resultat", "Resultat"):
        page.post(f"/templates/{template.pk}/sections/new/", SECTION | {"heading": heading})
    first, second, third = template.sections.order_by("position")

    moved = page.post(f"/templates/{template.pk}/order/", {"section": [third.pk, first.pk, second.pk]})

    assert (moved.status_code, moved["HX-Trigger"]) == (204, "sections-moved")
    assert keys(template) == ["resultat-2", "syfte", "resultat"]


def test_what_a_block_is_told_is_written_as_lines_and_a_bad_one_is_told_at_its_field(template, page):
    section = template.sections.get(key="plan")
    url = f"/templates/sections/{section.pk}/"
    told = SECTION | {"key": "plan", "block": "register.action_plan"}

    bad = page.post(url, told | {"told": "unit mkr"})
    page.post(url, told | {"told": "unit = mkr\n\nkind=migration"})

    section.refresh_from_db()
    assert (bad.status_code, list(bad.context["form"].errors)) == (200, ["told"])
    assert section.options == {"unit": "mkr", "kind": "migration"}


@pytest.mark.parametrize(
    ("url", "told", "field"),
    [
        ("/templates/new/", META | {"kind": "plan-of-actions"}, "kind"),
        ("/templates/{template}/sections/new/", SECTION | {"key": "plan"}, "key"),
    ],
)
def test_a_name_that_is_taken_is_told_at_its_field(template, page, url, told, field):
    answer = page.post(url.format(template=template.pk), told)

    assert list(answer.context["form"].errors) == [field]


def test_the_outline_follows_what_is_typed_and_saves_nothing(template, page):
    section = template.sections.get(key="plan")
    typed = {"section": section.pk, "heading": "Åtgärder", "level": "2", "is_numbered": "on", "law": "l  1 §"}

    shown = page.post(f"/templates/{template.pk}/outline/", typed)

    lines = [(line.number, line.section.heading) for line in shown.context["outline"]]
    assert lines == [("1", "Om planen"), ("2", "Förra årets åtgärder"), ("2.1", "Åtgärder")]
    assert [one.headings for one in shown.context["wanted"]] == [["Åtgärder"]]
    assert template.sections.get(key="plan").heading == "Handlingsplan"


def test_what_the_law_requires_is_kept_with_its_days(template, page):
    rows = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 1,
        "form-0-paragraph": "L 1 §",
        "form-0-text": "allt",
    }
    rows |= {
        "form-0-DELETE": "on",
        "form-1-paragraph": "L 2 §",
        "form-1-text": "mer",
        "form-1-to_on": "2024-12-31",
    }

    page.post(f"/templates/{template.pk}/law/", rows)

    template.refresh_from_db()
    (kept,) = template.requirements
    assert (kept["paragraph"], kept["is_advice"], kept["to_on"]) == ("L 2 §", False, "2024-12-31")


def test_a_section_is_from_the_beginning_with_the_only_one_who_holds_its_role(body, case_officer, head):
    person_as("controller", body)
    person_as("controller", body)
    sections = [
        {"key": role, "heading": role, "responsible_role": role} for role in ("head", "controller", "chair")
    ]
    template = template_of(body.municipality, sections=sections)

    document = begin(template, body, case_officer, year_of(body, 2023))

    responsible = {one.key: one.responsible for one in document.sections.all()}
    assert responsible == {"head": head, "controller": None, "chair": None}


def test_who_begins_a_document_of_a_year_chooses_one(template, body, case_officer, client_for):
    case, quarter = CaseFactory(body=body, owner=case_officer), year_of(body, 2023)
    page, url = client_for(case_officer), f"/cases/{case.pk}/documents/new/"
    told = {"template": template.pk, "title": "Plan", "dated_on": TODAY.isoformat()}

    without = page.post(url, told)
    page.post(url, told | {"period": quarter.pk})

    assert list(without.context["form"].errors) == ["period"]
    assert Document.objects.get().subject == quarter


@pytest.mark.parametrize("url", ["/templates/", "/templates/{template}/"])
def test_a_page_asks_as_much_for_thirty_sections_as_for_one(template, page, url):
    def queries(number):
        template.sections.all().delete()
        TemplateSection.objects.bulk_create(
            TemplateSection(template=template, position=n, key=f"s{n}", heading=f"Avsnitt {n}")
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            assert page.get(url.format(template=template.pk)).status_code == 200
        return len(asked)

    assert queries(30) == queries(1)
