"""Looking into PDF objects, where any step of the way may be missing."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import pikepdf


def look(holder: pikepdf.Object, *places: str) -> Any:
    """Return what stands at the end of these names, one inside the other, or None where one is missing."""
    for place in places:
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) or place not in holder:
            return None
        holder = holder[place]
    return holder


def words(holder: pikepdf.Object, *places: str) -> str:
    """Return the text there, empty where there is none."""
    found = look(holder, *places)
    return "" if found is None else str(found).strip()


def name_tree(pdf: pikepdf.Pdf, named: Mapping[str, pikepdf.Object]) -> pikepdf.Object:
    """Return a name tree in one piece, which takes a tenth of the time of one that is grown name by name."""
    by_bytes = ((bytes(pikepdf.String(name)), target) for name, target in named.items())
    in_order = sorted(by_bytes, key=itemgetter(0))
    names = [entry for name, target in in_order for entry in (pikepdf.String(name), target)]
    return pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))
