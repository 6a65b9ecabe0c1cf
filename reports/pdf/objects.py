"""Looking into PDF objects, where any step of the way may be missing."""

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
