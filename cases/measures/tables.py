"""Tables to take home: what a period's measures came to, what they are, and the assignments."""

from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.measures.models import Assignment, MeasureEdition
from cases.measures.states import WITH_VALUE
from cases.measures.tree import Tree
from core import clock
from core.reading import canonical
from core.tables import Table, TableColumn, table

# Working numbers: for who prepares, not for all who see the period.
of_period = partial(table, subject="committee.Period", permission="measures.view_measures")


@of_period("measures.measures", back="measures.outcomes", label=_("Outcomes of measures"))
def measures(period, options) -> Table:
    """One row for each measure and part: numerator, denominator, outcome, forecast, rating, reason."""
    tree = Tree(period, clock.today())
    columns = [
        TableColumn("number", _("No.")),
        TableColumn("name", pgettext_lazy("in a goal tree", "Measure")),
        TableColumn("part", _("Part")),
        TableColumn("unit", _("Unit")),
        *(
            TableColumn(f"y{year.year}", _("Outcome %s") % year.year, "number", decimals=2)
            for year in tree.years
        ),
        TableColumn("target", _("Target"), "number", decimals=2),
        TableColumn("numerator", _("Numerator"), "number"),
        TableColumn("denominator", _("Denominator"), "number"),
        TableColumn("value", _("Outcome"), "number", decimals=2),
        TableColumn("forecast", _("Forecast"), "number", decimals=2),
        TableColumn("absent", _("No value because")),
        TableColumn("rating", _("Rating")),
        TableColumn("reason", _("Reason")),
        TableColumn("responsible", _("Responsible")),
    ]
    rows = []
    for node in tree.measures:
        rows.append(_whole(node))
        rows += [_part(node, part, found, len(tree.years)) for part, found in node.parts]
    return Table(columns, rows)


@of_period("measures.definitions", back="measures.definitions", label=_("Measures of the year"))
def definitions(period, options) -> Table:
    """What the year's measures are: one row for each."""
    columns = [
        TableColumn("number", _("No.")),
        TableColumn("goal", _("Goal")),
        TableColumn("name", pgettext_lazy("in a goal tree", "Measure")),
        TableColumn("definition", _("Definition")),
        TableColumn("unit", _("Unit"), "choice"),
        TableColumn("decimals", _("Decimals"), "number"),
        TableColumn("direction", _("Direction"), "choice"),
        TableColumn("cadence", _("Followed up"), "choice"),
        TableColumn("target", _("Target"), "number", decimals=2),
        TableColumn("responsible", _("Responsible")),
    ]
    editions = MeasureEdition.objects.of_period(period).select_related("measure", "goal", "responsible")
    rows = [
        [
            str(one.measure.number),
            one.goal.name,
            one.name,
            one.definition,
            one.get_unit_display(),
            one.decimals,
            one.get_direction_display(),
            one.get_cadence_display(),
            _plain(one.target),
            str(one.responsible),
        ]
        for one in editions.order_by("position", "pk")
    ]
    return Table(columns, rows)


@of_period("measures.assignments", back="measures.assignments", label=_("Assignments"))
def assignments(period, options) -> Table:
    """The assignments of the period's year."""
    columns = [
        TableColumn("number", _("No."), "number"),
        TableColumn("title", _("Assignment")),
        TableColumn("giver", _("Given by"), "choice"),
        TableColumn("area", _("Target area")),
        TableColumn("responsible", _("Responsible")),
        TableColumn("due_on", _("Due"), "date"),
        TableColumn("status", _("Status"), "choice"),
        TableColumn("comment", _("Comment")),
    ]
    given = Assignment.objects.filter(body=period.body_id, year=period.year).for_list()
    rows = [
        [
            one.number,
            one.title,
            one.get_giver_display(),
            str(one.area),
            str(one.responsible),
            one.due_on,
            one.get_status_display(),
            one.comment,
        ]
        for one in given
    ]
    return Table(columns, rows)


KEPT = Decimal("0.0001")  # what we keep of a number; a share of 3 to 31 has decimals without end


def _plain(value: Decimal | None) -> Decimal | None:
    """Return the number without the zeros that a column of the database fills up with, in as many places as we keep."""
    return None if value is None else Decimal(canonical(value.quantize(KEPT, ROUND_HALF_UP)))


def _whole(node) -> list:
    edition, outcome = node.edition, node.outcome
    has_value = outcome is not None and node.state in WITH_VALUE
    return [
        str(edition.measure.number),
        edition.name,
        "",
        edition.get_unit_display(),
        *(Decimal(cell["value"]) if cell["value"] else None for cell in node.history),
        _plain(edition.target),
        _plain(outcome.numerator) if has_value else None,
        _plain(outcome.denominator) if has_value else None,
        _plain(outcome.exact) if has_value else None,
        _plain(outcome.forecast) if has_value else None,
        "" if has_value else str(node.state.label),
        node.given.label if node.given else "",
        node.rating.reason if node.rating else "",
        str(edition.responsible),
    ]


def _part(node, part, found, years) -> list:
    row = [str(node.edition.measure.number), node.edition.name, part, node.edition.get_unit_display()]
    return row + [None] * (years + 3) + [_plain(found.exact), None, "", "", "", str(node.edition.responsible)]
