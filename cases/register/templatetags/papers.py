"""Content as HTML, the same for page and paper."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cases.register.html import OUTERMOST, heading_level, section_html

register = template.Library()


@register.simple_tag
def section_heading(section, top=OUTERMOST):
    """Return a section's heading, with its number in a report, where the outermost have the level `top`."""
    level, number = heading_level(section, top or OUTERMOST), section.get("number", "")
    words = f"{number}\u2002{section['heading']}" if number else section["heading"]
    return format_html("<h{}>{}</h{}>", level, words, level)


@register.inclusion_tag("register/print/_law.html")
def section_law(section):
    """Say below a heading which paragraphs of the law the section answers to."""
    return {"paragraphs": section.get("law", [])}


@register.simple_tag
def section_body(section, prefix, top=OUTERMOST):
    """Return a section's text and block as HTML below its heading."""
    html = section_html(section, prefix, top or OUTERMOST)
    return mark_safe(html)  # noqa: S308  sanitised by the field, block templates escape


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
