"""Small pieces of the frame that pages fill in."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from core.unbroken import unbroken as without_breaks

register = template.Library()


@register.inclusion_tag("core/_crumbs.html")
def crumbs(*words):
    """Show where one is: label and address in turn; the last label has none."""
    pairs = list(zip(words[::2], words[1::2], strict=False))
    return {"crumbs": [*pairs, (words[-1], "")] if len(words) % 2 else pairs}


@register.simple_block_tag
def unbroken(content):
    """Show what is inside with no date and no registry number divided between two lines."""
    return mark_safe(without_breaks(content))  # noqa: S308  it was a template's before


@register.filter
def divided_at_sign(address):
    """Let a long e-mail address go on below its @, where one reads it at once."""
    return mark_safe(escape(address).replace("@", "@<wbr>"))  # noqa: S308  escaped


@register.simple_tag
def faults(form, formsets=None):
    """Return what is wrong in a form, if there is one, and in the rows below it, each with the id of its field."""
    found = [*_of_form(form)] if form else []
    for formset in formsets or []:
        found += [{"field": "", "text": error} for error in formset.non_form_errors()]
        found += [fault for row in formset for fault in _of_form(row)]
    return found


def _of_form(form):
    yield from ({"field": "", "text": error} for error in form.non_field_errors())
    for field in form:
        # A group of choices has no field of its own to lead to: its frame is what crispy calls it.
        place = field.id_for_label or f"div_{field.auto_id}"
        yield from ({"field": place, "text": f"{field.label}: {error}"} for error in field.errors)
