"""What the register answers to a search."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.register.models import Case, Document
from cases.register.models.cases import numbered
from cases.register.numbering import number_key
from cases.register.permissions import REGISTRARS, WRITERS
from core import formats
from core.search import Hit, command, search


@search("register.cases")
def cases(user, text, limit):
    """Cases by number, however it is written, or by words of the title."""
    found = Case.objects.visible_to(user).matching(text).for_list()[:limit]
    return [Hit(case.title, case.get_absolute_url(), _("Cases"), case.number) for case in found]


@search("register.documents")
def documents(user, text, limit):
    """Documents by words of the title, or by the number of their case."""
    found = Document.objects.visible_to(user)
    key = number_key(text)
    if key:
        found = found.filter(numbered(key, "case__number_key"))
    else:
        for word in text.split():
            found = found.filter(title__icontains=word)
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
    url="register:case-create",
    allowed=lambda user: bool(user.rights.bodies_as(*WRITERS, *REGISTRARS)),
)
