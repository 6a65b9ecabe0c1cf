"""Small pieces of the frame that pages fill in."""

from django import template

register = template.Library()


@register.inclusion_tag("core/_crumbs.html")
def crumbs(*words):
    """Show where one is: label and address in turn; the last label has none."""
    pairs = list(zip(words[::2], words[1::2], strict=False))
    return {"crumbs": [*pairs, (words[-1], "")] if len(words) % 2 else pairs}
