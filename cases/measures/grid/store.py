"""Where the cells of the grid are kept: outcomes and ratings, written by the services."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.measures import services
from cases.measures.grid.cells import (
    Line,
    cells_of,
    columns_of,
    entry_of,
    read_fraction,
    why_closed,
)
from cases.measures.models import MeasureEdition, Outcome, Rating, RatingStep
from cases.measures.services.refusing import check_value
from committee.models import Period
from core import formats
from core.grid import Cell, CellStore, Change, Key, Refused


class OutcomeStore(CellStore):
    """A period's outcomes and ratings, a row for each measure, as one person may change them."""

    def __init__(self, period: Period, user):
        self.period, self.user = period, user
        self.columns = columns_of(period)

    def load(self, keys: Collection[Key]) -> Mapping[Key, Cell]:
        # The period first: outcomes may be added, and nobody may close it meanwhile.
        self.period = Period.objects.select_for_update(of=("self",), no_key=True).get(pk=self.period.pk)
        self.lines = self._lines({key.row for key in keys})
        cells = {row: self._as_refused(line) for row, line in self.lines.items()}
        return {key: cells[key.row][key.column] for key in keys if key.column in cells.get(key.row, {})}

    def _as_refused(self, line: Line) -> dict[str, Cell]:
        """Return a measure's cells; those of a closed row say why, wherever one tries."""
        cells = cells_of(line, self.columns, self.user)
        why = why_closed(line, self.user)
        return {key: replace(cell, note=why) for key, cell in cells.items()} if why else cells

    def check(self, change: Change) -> str:
        value = super().check(change)
        edition = self.lines[change.row].edition
        if change.column == "fraction" and value:
            numerator, denominator = read_fraction(value)
            return f"{formats.exact(numerator)} / {formats.exact(denominator)}"
        if change.column in ("value", "forecast") and value:
            try:
                check_value(edition, change.column, Decimal(value))
            except services.Refused as refused:
                raise Refused(str(refused)) from None
        return value

    def write(self, changes: Sequence[Change], *, by) -> None:
        for row, changed in _by_row(changes).items():
            line = self.lines[row]
            self._write_outcome(line, changed, by)
            self._write_rating(line, changed, by)

    def shown(self, changes: Sequence[Change]) -> Mapping[Key, Cell]:
        """Return the computed rating, and the value that follows from a fraction, of every row written."""
        rows = {change.row for change in changes}
        lines = self._lines(rows)
        written_keys = {change.key for change in changes}
        cells = {row: cells_of(line, self.columns, self.user) for row, line in lines.items()}
        beside = ("computed", "value", "fraction", "given")
        return {
            Key(row, column): cells[row][column]
            for row in rows
            for column in beside
            if Key(row, column) not in written_keys or column == "given"
        }

    def _lines(self, rows: Collection[str]) -> dict[str, Line]:
        wanted = [int(row) for row in rows if row.isdecimal()]
        editions = MeasureEdition.objects.of_period(self.period).for_tree().filter(pk__in=wanted)
        outcomes = Outcome.objects.select_for_update(of=("self",)).filter(
            edition__in=wanted, period=self.period, split=""
        )
        ratings = Rating.objects.select_for_update(of=("self",)).filter(
            edition__in=wanted, period=self.period
        )
        by_edition = {outcome.edition_id: outcome for outcome in outcomes.order_by("pk")}
        rated = {rating.edition_id: rating for rating in ratings.order_by("pk").select_related("given")}
        return {
            str(edition.pk): Line(edition, self.period, by_edition.get(edition.pk), rated.get(edition.pk))
            for edition in editions
        }

    def _write_outcome(self, line: Line, changed: Mapping[str, str], by) -> None:
        entry = entry_of(line.outcome, changed)
        if entry is None:
            return
        if entry.is_empty and line.outcome:
            services.clear_outcome(line.outcome, by=by, reason=_("Cleared in the table"))
        elif not entry.is_empty:
            services.enter_outcome(line.edition, self.period, entry, by=by)

    def _write_rating(self, line: Line, changed: Mapping[str, str], by) -> None:
        if not {"given", "reason"} & changed.keys():
            return
        rating = services.begin_rating(self.period, line.edition, owner=line.edition.responsible, by=by)
        key = changed.get("given", str(rating.given_id or ""))
        given = RatingStep.objects.get(pk=key) if key else None
        services.write_rating(rating, by=by, given=given, reason=changed.get("reason", rating.reason))


def _by_row(changes: Sequence[Change]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for change in changes:
        rows[change.row][change.column] = change.value
    return rows
