"""What a year aims at: areas, goals and measures with their targets, and how decisions have changed these."""

from typing import Any

from cases.measures.models import TargetChange
from cases.measures.tree import AreaNode, MeasureNode, Tree
from core import formats
from core.reading import canonical

Data = dict[str, Any]
Changes = dict[int, list[TargetChange]]


def planned(tree: Tree) -> Data:
    """Return the year's areas with the council's goals, the committee's, and their measures. One query more."""
    period = tree.period
    changes: Changes = {}
    found = TargetChange.objects.filter(edition__measure__body=period.body_id, edition__year=period.year)
    for change in found.select_related("adoption__taken").order_by("pk"):
        changes.setdefault(change.edition_id, []).append(change)
    return {
        "year": period.year,
        "years": [year.year for year in tree.years],
        "areas": [_area(area, changes) for area in tree.areas],
    }


def _area(area: AreaNode, changes: Changes) -> Data:
    return {
        "name": area.area.name,
        "council_goals": [
            {
                "code": council_goal.code,
                "name": council_goal.name,
                "goals": [
                    {
                        "name": goal.goal.name,
                        "measures": [
                            _measure(node, changes.get(node.edition.pk, [])) for node in goal.measures
                        ],
                    }
                    for goal in goals
                ],
            }
            for council_goal, goals in area.council_goals
        ],
    }


def _measure(node: MeasureNode, changes: list[TargetChange]) -> Data:
    edition = node.edition
    return {
        "number": edition.measure.number,
        "name": edition.name,
        "unit": edition.unit,
        "history": node.history,
        **_number("target", edition.target),
        "changes": [_change(change) for change in changes],
    }


def _change(change: TargetChange) -> Data:
    """Return a change of a target: what it was before one that is adopted, what it would be by one that is not."""
    decided = change.adoption
    told = {"reason": change.reason, "is_proposed": change.is_proposed}
    if decided is None:
        return told | _number("value", change.target)
    return (
        told
        | _number("value", change.before)
        | {
            "decided_on": formats.iso(decided.decided_on),
            "decision": decided.decision,
        }
    )


def _number(name: str, value: Any) -> Data:
    return {
        name: canonical(value),
        f"{name}_decimals": formats.decimals_of(value) if value is not None else 0,
    }
