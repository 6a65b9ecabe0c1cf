"""What columns and codes mean: remembered for each source and year, suggested from the year before."""

from collections.abc import Mapping

from core.importing.cells import Sheet
from core.importing.heads import headings
from core.importing.targets import CodeList, Target
from core.models import CodeMapping, ColumnMapping, ImportRun, ImportSource


def known_columns(source: ImportSource, year: int) -> dict[str, str]:
    """Return {our key: heading} of the year, or of the latest year before it."""
    rows = source.columns.filter(year__lte=year).order_by("-year").values_list("year", "key", "heading")
    latest = next((row[0] for row in rows), None)
    return {key: heading for of_year, key, heading in rows if of_year == latest}


def suggested_columns(target: Target, run: ImportRun, sheet: Sheet) -> dict[str, str]:
    """Return {our key: heading} for what is remembered, or is surely meant by its name."""
    present = list(headings(sheet, run.head_row).values())
    remembered = known_columns(run.source, run.year)
    found = {}
    for column in target.columns:
        names = {_plain(name) for name in (column.label, column.key, *column.aliases)}
        meant = [remembered.get(column.key), *(head for head in present if _plain(head) in names)]
        heading = next((head for head in meant if head in present), None)
        if heading and heading not in found.values():
            found[column.key] = heading
        joined = remembered.get(column.joined_key)
        if column.may_join and column.key in found and joined in present:
            found[column.joined_key] = joined
    return found


def _plain(heading: object) -> str:
    """Return a heading as two people would write the same: `Utfall (tkr)` is `utfall`."""
    return str(heading).partition("(")[0].strip().casefold()


def remember_columns(source: ImportSource, year: int, chosen: Mapping[str, str]) -> None:
    """Keep {our key: heading}; a column that is not chosen is forgotten for the year."""
    source.columns.filter(year=year).exclude(key__in=chosen).delete()
    for key, heading in chosen.items():
        ColumnMapping.objects.update_or_create(
            source=source, year=year, key=key, defaults={"heading": heading}
        )


def remember_codes(source: ImportSource, year: int, chosen: Mapping[tuple[str, str], str]) -> None:
    """Keep {(list, code): key of our row, or empty for what is left out}."""
    for (code_list, code), means in chosen.items():
        CodeMapping.objects.update_or_create(
            source=source, year=year, list=code_list, code=code, defaults={"means": means}
        )


class Codes:
    """What codes of one code list mean: remembered, or our own keys and labels."""

    def __init__(self, run: ImportRun, name: str, code_list: CodeList):
        options = code_list.options(run.subject)
        self.options = dict(options)
        own = {label.casefold(): key for key, label in options} | {key.casefold(): key for key, _l in options}
        own = {**code_list.known_as, **own}
        remembered = run.source.codes.filter(list=name, year__lte=run.year).order_by("year")
        self._means = dict(remembered.values_list("code", "means"))
        self._own = own

    def meaning(self, code: str) -> str | None:
        """Return the key of our row, an empty text for a code that is left out, None for an unknown one."""
        means = self._means.get(code)
        if means is None or (means and means not in self.options):
            return self._own.get(code.casefold())
        return means
