"""The sheet of a period: a group for each goal, a row for each measure."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.measures.grid.cells import Line, cells_of, columns_of
from cases.measures.models import MeasureEdition
from cases.measures.states import written
from cases.measures.tree import MeasureNode, Tree
from committee.models import Period
from core.grid import Cell, Group, Row, Sheet


def sheet_of(tree: Tree, user, *, mine: bool = False) -> Sheet:
    """Return the sheet of a period: a group for each goal, a row for each measure."""
    period = tree.period
    columns = columns_of(period)
    years = tree.years
    groups = []
    for goal in tree.goals:
        rows = [
            _row(node, period, columns, user, node.cells.get(years[-1].pk) if years else None)
            for node in goal.measures
            if not mine or node.edition.responsible_id == user.pk
        ]
        if rows:
            groups.append(Group(goal.goal.name, rows))
    url = reverse("measures:grid", args=[period.pk])
    return Sheet(columns, groups, url, _("Outcomes of %s") % period, head=_("Measure"), id="outcomes")


def _row(node: MeasureNode, period: Period, columns, user, before: dict | None) -> Row:
    cells = cells_of(Line.of(node, period), columns, user)
    if before and before["value"]:
        text = written(Decimal(before["value"]), before["unit"], before["decimals"])
        cells["before"] = Cell(text, is_open=False)
    return Row(
        str(node.edition.pk),
        node.edition.name,
        _page_of(node.edition, period, user),
        cells,
        note=node.edition.get_unit_display(),
    )


def _page_of(edition: MeasureEdition, period: Period, user) -> str:
    """Return where a row leads: to its form for who may fill it in, to the measure for all others."""
    if user.has_perm("measures.enter_outcome", edition):
        return reverse("measures:outcome", args=[period.pk, edition.pk])
    return reverse("measures:measure-detail", args=[edition.measure_id])
