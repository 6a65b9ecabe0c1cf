"""What pages outside the frame ask about the house."""

from django import template

from committee.models import Municipality

register = template.Library()


@register.simple_tag
def is_founded():
    """Return whether there is a municipality at all; without one nobody can log in."""
    return Municipality.objects.exists()
