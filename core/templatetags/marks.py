"""Icons and statuses, which stand a hundred times on a page: written here, since a template for each takes its time."""

from functools import lru_cache

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import formats

register = template.Library()

SPRITE = "the address of the icons"


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str) -> SafeString:
    """Show one icon from the sprite; words stand beside it."""
    return _drawing("icon", _sprite(context), name)


@register.simple_tag(takes_context=True)
def status(context: Context, kind: str, label: str) -> SafeString:
    """Show a status as shape and word, which has no capital letter. Kinds: ok, risk, bad, wait, missing, decision."""
    shape = _drawing("status-shape", _sprite(context), f"status-{kind}")
    return format_html(
        '<span class="status status-{}">{}{}</span>', kind, shape, formats.in_a_sentence(str(label))
    )


def _sprite(context: Context) -> str:
    """Return the sprite's address, which is looked up once for all that a template writes."""
    if SPRITE not in context.render_context:
        context.render_context[SPRITE] = static("icons.svg")
    return context.render_context[SPRITE]


@lru_cache(1000)
def _drawing(css_class: str, sprite: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', css_class, sprite, name
    )
