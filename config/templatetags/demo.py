"""What only the demo shows."""

from django import template
from django.conf import settings

from config.demo.logins import PASSWORD, logins

register = template.Library()


@register.inclusion_tag("account/_demo_logins.html", takes_context=True)
def demo_logins(context):
    """List the demo's people, each a button that logs in; nothing outside of the demo."""
    return {
        "logins": logins() if settings.DEMO else [],
        "password": PASSWORD,
        "csrf_token": context.get("csrf_token"),
        "redirect_field": context.get("redirect_field", ""),
    }
