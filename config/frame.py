"""What stands around every page: the menu, the bodies, the accent. No query of its own."""

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(request):
    """Return the menu and the bodies of who is logged in."""
    bodies = request.user.rights.places
    return {
        "nav": [_entry(request, *entry) for entry in _entries(request.user)],
        "bodies": [],
        "body": bodies[0] if bodies else None,
        "accent_css_url": reverse("committee:accent", args=[bodies[0].municipality.slug]) if bodies else "",
    }


def _entries(user):
    if not user.rights.only_reads:
        yield _("My desk"), "house-door", reverse("core:desk"), ("/",)
    if user.rights.reads:
        yield from _daily()
    if user.rights.drafts:
        yield _("Measures"), "graph-up", reverse("measures:current"), ("/measures/",)
        yield _("Finance"), "bar-chart", reverse("finance:period-list"), ("/finance/",)
        yield _("Actions"), "list-task", reverse("register:action-list"), ("/actions/",)
    if any(user.has_perm("committee.manage_people", body) for body in user.rights.places):
        yield (
            _("People"),
            "people",
            reverse("committee:people"),
            ("/people/", "/periods/", "/committee/", "/municipality/"),
        )
    if user.rights.bodies_as("administrator"):
        yield _("Templates"), "file-earmark-text", reverse("register:template-list"), ("/templates/",)


def _daily():
    yield _("Meetings"), "calendar3", reverse("agenda:meeting-list"), ("/meetings/", "/items/")
    yield _("Cases"), "folder", reverse("register:case-list"), ("/cases/", "/documents/")


def _entry(request, label, icon, url, prefixes):
    path = request.path
    current = path == url or any(prefix != "/" and path.startswith(prefix) for prefix in prefixes)
    return {"label": label, "icon": icon, "url": url, "count": None, "current": current}
