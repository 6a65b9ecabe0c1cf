"""Icons and statuses, which stand a hundred times on a page: written here, since a template for each takes its time."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import formats

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show one icon from the sprite; words stand beside it."""
    return _drawing("icon", name)


@register.simple_tag
def status(kind: str, label: str) -> SafeString:
    """Show a status as shape and word, which has no capital letter. Kinds: ok, risk, bad, wait, missing, decision."""
    shape = _drawing("status-shape", f"status-{kind}")
    return format_html(
        '<span class="status status-{}">{}{}</span>', kind, shape, formats.in_a_sentence(str(label))
    )


def _drawing(css_class: str, name: str) -> SafeString:
    address = f"{static('icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css_class, address)
