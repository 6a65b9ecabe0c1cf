"""Columns by name: a formula is written with the words on the screen, and kept with the columns' keys."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.columns import head_of
from cases.finance.formulas import KEY, NotAFormula, example_of
from cases.finance.models import LayoutColumn
from cases.finance.models.kinds import Kind
from committee.models import Period

YEARS = {
    0: gettext_lazy("the period's year"),
    -1: gettext_lazy("the year before"),
    -2: gettext_lazy("two years before"),
    1: gettext_lazy("the year after"),
}
MINUSES = str.maketrans("−–", "--")  # as word processors write them
SIGNS = re.compile(r"(\s+[+-]\s+|\s*%\s*)")


def names_of(columns: Iterable[LayoutColumn], period: Period) -> dict[str, str]:
    """Return {key: name}, the name as a formula has it: `prognos`, `utfall året före`.

    One that two columns would have, or that would read as a formula, belongs to the first; others go by key.
    """
    by_key = {row.key: row for row in columns}
    names: dict[str, str] = {}
    for row in by_key.values():
        name = _name(row, by_key, period)
        is_free = name not in names.values() and name not in by_key and not SIGNS.search(name)
        names[row.key] = name if is_free else row.key
    return names


def _name(row: LayoutColumn, by_key: dict[str, LayoutColumn], period: Period) -> str:
    if row.head or row.formula:
        return _folded(head_of(row, by_key, period))
    year = YEARS.get(row.year_offset, f"{row.year_offset:+d}") if row.year_offset else ""
    before = row.get_reported_display() if row.reported == LayoutColumn.Reported.PREVIOUS else ""
    return _folded(" ".join(str(part) for part in (Kind(row.kind).label, year, before) if part))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def written(formula: str, names: Mapping[str, str]) -> str:
    """Return a kept formula in words."""
    return KEY.sub(lambda found: names.get(found[0], found[0]), formula)


def kept(text: str, names: Mapping[str, str], *, own: str) -> str:
    """Return a formula of the column `own` with keys, whether it is written with them or with names.

    Raises NotAFormula with the names there are.
    """
    keys = {key: key for key in (own, *names)} | {name: key for key, name in names.items()}
    parts = SIGNS.split(_folded(text.translate(MINUSES)))
    if not all(parts[::2]):
        raise NotAFormula(example_of())
    unknown = [term for term in parts[::2] if term not in keys]
    if unknown:
        told = {"unknown": ", ".join(unknown), "known": ", ".join(names.values())}
        said = _("There is no column “%(unknown)s” in the table. There are: %(known)s.") % told
        raise NotAFormula(f"{said} {example_of()}")
    return " ".join(keys.get(part, part.strip()) for part in parts)
