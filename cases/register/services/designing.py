"""Designing document templates: an administrator's own, copied, changed and put in order.

A document takes its sections when it is begun, so what is changed here is for those begun afterwards.
What a document reads from its template later (kind, cover, whether it is a report) stays once one is begun.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cases.register.models import DocumentTemplate, TemplateSection
from cases.register.requirements import Requirement
from committee.models import Municipality, Person
from core.collisions import Seen, reconciled
from core.services import service

# What the documents of a template read from it for as long as they live.
FIXED = ("kind", "is_report", "has_cover")


class TemplateInUse(ValueError):
    """Documents are written by the template: the message says what cannot be done therefore."""


class NameTaken(ValueError):
    """The municipality has a template of this kind, or the template a section of this key."""

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


def _lock(template: DocumentTemplate) -> DocumentTemplate:
    return DocumentTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


@service
def add_template(municipality: Municipality, *, by: Person, **fields: Any) -> DocumentTemplate:
    """Begin a template without sections. Raises NameTaken."""
    _refuse_taken(municipality, fields["kind"])
    return DocumentTemplate.objects.create(municipality=municipality, **fields)


@service
def copy_template(template: DocumentTemplate, *, by: Person) -> DocumentTemplate:
    """Copy a template with its sections and what the law wants of it, under a kind that is free."""
    sections = list(template.sections.all())
    kinds = set(template.municipality.document_templates.values_list("kind", flat=True))
    name = _("%s (copy)") % template.name
    copied = DocumentTemplate.objects.get(pk=template.pk)
    copied.pk, copied._state.adding = None, True
    copied.kind, copied.name, copied.is_retired = free(template.kind, kinds), name[:100], False
    copied.save()
    for section in sections:
        section.pk, section.template = None, copied
    TemplateSection.objects.bulk_create(sections)
    return copied


@service
def change_template(
    template: DocumentTemplate, *, by: Person, seen: Seen | None = None, **fields: Any
) -> DocumentTemplate:
    """Change what is said of a template. Raises TemplateInUse for what its documents stand on, NameTaken and Collided."""
    template = _lock(template)
    fields = reconciled(template, fields, seen)
    changed = {name for name, value in fields.items() if getattr(template, name) != value}
    if changed.intersection(FIXED) and template.documents.exists():
        raise TemplateInUse(_("Documents are written by the template: copy it, and change the copy."))
    if "kind" in changed:
        _refuse_taken(template.municipality, fields["kind"])
    for name, value in fields.items():
        setattr(template, name, value)
    template.save(update_fields=list(fields))
    return template


def _refuse_taken(municipality: Municipality, kind: str) -> None:
    if municipality.document_templates.filter(kind=kind).exists():
        raise NameTaken("kind", _("Another template has this short name."))


@service
def set_requirements(template: DocumentTemplate, requirements: list[Requirement], *, by: Person) -> None:
    """Say anew what the law wants to see in documents of the template."""
    template = _lock(template)
    template.requirements = [one.row for one in requirements]
    template.save(update_fields=["requirements"])


@service
def remove_template(template: DocumentTemplate, *, by: Person) -> None:
    """Throw away a template that no document is written by. Raises TemplateInUse."""
    try:
        with transaction.atomic():
            template.delete()
    except models.ProtectedError as held:
        raise TemplateInUse(_("Documents are written by the template: take it out of use instead.")) from held


@service
def save_section_plan(
    template: DocumentTemplate,
    section: TemplateSection | None,
    *,
    by: Person,
    seen: Seen | None = None,
    **fields: Any,
) -> TemplateSection:
    """Add a section last, or change one. A section without a key gets one from its heading.

    Raises NameTaken, and Collided for what somebody else has changed otherwise since it was `seen`.
    """
    template = _lock(template)
    others = template.sections.exclude(pk=section.pk) if section else template.sections.all()
    taken = set(others.values_list("key", flat=True))
    fields["key"] = fields["key"] or free(slugify(fields["heading"])[:36] or "avsnitt", taken)
    if section:
        section = TemplateSection.objects.get(pk=section.pk)
        fields = reconciled(section, fields, seen)
    if fields["key"] in taken:
        raise NameTaken("key", _("Another section of the template has this key."))
    if section is None:
        last = others.aggregate(last=Max("position"))["last"] or 0
        section = TemplateSection(template=template, position=last + 1)
    for name, value in fields.items():
        setattr(section, name, value)
    section.save()
    return section


@service
def remove_section_plan(section: TemplateSection, *, by: Person) -> None:
    """Take a section out of a template; documents that were begun keep theirs."""
    _lock(section.template)
    section.delete()


@service
def order_section_plans(template: DocumentTemplate, keys: list[int], *, by: Person) -> None:
    """Put a template's sections in an order; those that are not named come last, as they stood."""
    template = _lock(template)
    sections = list(template.sections.all())
    place = {key: number for number, key in enumerate(keys)}
    sections.sort(key=lambda section: place.get(section.pk, len(keys)))
    for position, section in enumerate(sections, 1):
        if section.position != position:
            section.position = position
            section.save(update_fields=["position"])


def free(wanted: str, taken: set[str]) -> str:
    """Return the name, or the first of name-2, name-3 … that nobody has; at most 40 characters."""
    numbered = (f"{wanted[:36]}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)
