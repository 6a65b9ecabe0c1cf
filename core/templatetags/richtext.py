"""What core/_richtext_head.html writes into the head of a page with editors."""

from django import template

from core.richtext.widgets import editor_labels, editor_media

register = template.Library()


@register.simple_tag(takes_context=True)
def richtext_media(context):
    """Scripts and import map of the editor, allowed by this page's policy."""
    return editor_media().with_nonce(context["request"].csp_nonce)


@register.simple_tag
def richtext_labels():
    return editor_labels()
