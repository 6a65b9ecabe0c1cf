"""What goals and measures answer to a search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.measures.models import MeasureEdition
from core.search import Hit, command, search, to


@search("measures.measures")
def measures(user, text, limit):
    """Measures by words of their name; of the years in which one is called so, the latest."""
    words = Q(*(Q(name__icontains=word) for word in text.split()))
    editions = MeasureEdition.objects.visible_to(user).filter(words)
    latest = editions.order_by("measure_id", "-year").distinct("measure_id").select_related("measure")
    return [
        Hit(edition.name, edition.get_absolute_url(), _("Measures"), str(edition.year))
        for edition in latest[:limit]
    ]


command(
    "measures.mine",
    gettext_lazy("Your measures"),
    url=to("measures:mine"),
    allowed=lambda user: user.measures.exists(),
)
command(
    "measures.tree",
    gettext_lazy("Goals and measures"),
    url=lambda user: reverse("measures:current"),
    allowed=lambda user: bool(user.rights.drafts),
)
