"""Giving a municipality its document templates. From then on they are its own, to change."""

from collections.abc import Iterable
from typing import Any

from cases.register.models import DocumentTemplate, TemplateSection
from cases.register.standard import plans
from committee.models import Municipality, Person
from core.services import service


@service
def add_standard_templates(
    municipality: Municipality, *, by: Person | None, kinds: Iterable[str] | None = None
) -> list[DocumentTemplate]:
    """Give a municipality the standard templates that it lacks, all or those of some kinds; return the new ones.

    What it has already stays as it is. Raises KeyError for a kind that no standard template has.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    wanted = [plans()[kind] for kind in (plans() if kinds is None else kinds)]
    has = set(municipality.document_templates.values_list("kind", flat=True))
    return [_save(municipality, plan) for plan in wanted if plan["kind"] not in has]


def _save(municipality: Municipality, plan: dict[str, Any]) -> DocumentTemplate:
    own = {name: value for name, value in plan.items() if name != "section"}
    template = DocumentTemplate.objects.create(municipality=municipality, **own)
    TemplateSection.objects.bulk_create(
        TemplateSection(template=template, position=position, **section)
        for position, section in enumerate(plan["section"], 1)
    )
    return template
