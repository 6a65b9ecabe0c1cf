"""What the register answers to a search."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.register.models import Case, Document
from cases.register.permissions import REGISTRARS, WRITERS
from core import formats
from core.search import Hit, command, search, to


@search("register.cases")
def cases(user, text, limit):
    """Cases by number, however it is written, or by words of the title."""
    found = Case.objects.visible_to(user).matching(text).for_list()[:limit]
    return [Hit(case.title, case.get_absolute_url(), _("Cases"), case.number) for case in found]


@search("register.documents")
def documents(user, text, limit):
    """Documents by the number of their case, or by words of the title: what finds a case finds its documents."""
    found = Document.objects.visible_to(user).matching(text)
    return [
        Hit(
            document.title,
            document.get_absolute_url(),
            _("Documents"),
            f"{document.template.name} · {document.case.number} · {formats.iso(document.dated_on)}",
        )
        for document in found.for_list()[:limit]
    ]


command(
    "register.open_case",
    gettext_lazy("New case"),
    url=to("register:case-create"),
    allowed=lambda user: bool(user.rights.bodies_as(*WRITERS, *REGISTRARS)),
)
command(
    "register.begin_document",
    gettext_lazy("New document: choose the case"),
    # A document is begun in its case.
    url=lambda user: f"{reverse('register:case-list')}?show=mine",
    allowed=lambda user: bool(user.rights.bodies_as(*WRITERS)),
)
