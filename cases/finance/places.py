"""Where on the pages each table stands, for links from checks, figures and texts."""

from django.urls import reverse

SECTION_OF = {
    "summary": "operating",
    "operating": "operating",
    "bridge": "analysis",
    "accounts": "analysis",
    "outside": "analysis",
    "grants": "analysis",
    "migration": "analysis",
    "investments": "investments",
    "projects": "investments",
    "volumes": "counted",
    "key_figures": "counted",
    "staff": "counted",
    "free": "free",
}


def url_of(period, table):
    """Return the address of a table of a period."""
    return f"{reverse('finance:period-section', args=[period.pk, SECTION_OF[table]])}#{table}"
