"""Content as HTML, the same for page and paper."""

from django import template
from django.utils.safestring import mark_safe

from cases.register.html import section_html

register = template.Library()


@register.simple_tag
def section_body(section, prefix):
    """Return a section's text and block as HTML below a heading of level 2."""
    return mark_safe(section_html(section, prefix))  # noqa: S308  sanitised by the field, block templates escape


@register.filter
def origins(part):
    """Return the values in a part that can say where they come from, with the ids that the text uses."""
    return [
        {**figure, "id": figure_id(part, section, place)}
        for section in part.data.get("sections", [])
        for place, figure in enumerate(section["figures"])
        if figure["origin"]
    ]


def figure_id(part, section, place):
    return f"{part.key}-{section['key']}-{place}"


@register.filter
def at(mapping, key):
    """Return what a mapping holds under a key that is only known at run time."""
    return mapping.get(key, "") if mapping else ""
