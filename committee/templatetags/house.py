"""What pages outside the frame ask about the house."""

from django import template

from committee import services

register = template.Library()


@register.simple_tag
def is_founded():
    """Return whether there is a municipality at all; without one nobody can log in."""
    return services.is_founded()
