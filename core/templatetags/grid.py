"""What components/_grid_head.html writes into the head of a page with a grid."""

from django import template

from core.grid import scripts

register = template.Library()


@register.simple_tag(takes_context=True)
def grid_media(context):
    """Scripts and import map of the grid, allowed by this page's policy."""
    return scripts.media().with_nonce(context["request"].csp_nonce)


@register.simple_tag
def grid_words():
    return scripts.words()
