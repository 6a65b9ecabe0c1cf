"""Tables to take home, and how they come back."""

from django import template

from core.tables import tables

register = template.Library()


@register.inclusion_tag("core/_take_home.html")
def take_home(name, pk, may_import=False):
    """Show where a table is taken home, and from which file it comes back: its own, or those it is made from."""
    maker = tables[name]
    sources = [tables[source] for source in maker.made_from]
    return {"maker": maker, "sources": sources, "pk": pk, "may_import": may_import}
