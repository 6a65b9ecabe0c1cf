"""Lists that grow over the years: a page shows the first of them, and all when the reader asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

FEW = 10


@dataclass(frozen=True, slots=True)
class Few:
    """What is shown of a list. `core/_show_all.html` leads on to the rest."""

    rows: Sequence[Any]
    count: int  # of all
    whole: str  # the address at which all are shown; empty when they are


def few_of(request: HttpRequest, name: str, rows: Sequence[Any]) -> Few:
    """Return the first rows, or all when the address says `?name=all`; the list's heading has the name as its id."""
    if request.GET.get(name) == "all" or len(rows) <= FEW:
        return Few(rows, len(rows), whole="")
    asked = request.GET.copy()
    asked[name] = "all"
    return Few(rows[:FEW], len(rows), whole=f"?{asked.urlencode()}#{name}")
