"""What is said of a whole tree: how much is there, how it stands, and who is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cases.measures.judging import Standing
from cases.measures.states import WITH_VALUE, State
from cases.measures.tree import MeasureNode, Tree
from committee.models import Person
from core.desk import urgency

WITHOUT_VALUE = frozenset({State.MISSING, State.NOT_DUE, State.LATE})


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a period's measures and goals."""

    measures: int
    with_value: int
    year_only: int
    missing: int
    deviating: int
    without_reason: int
    ready: int
    goals: int
    goals_met: int
    corrected: int


def narrow(tree: Tree, show: str) -> None:
    """Leave only the measures that a filter shows: missing, deviating, reason or corrected; "" leaves all."""
    wanted = {
        "missing": lambda node: node.state in WITHOUT_VALUE,
        "deviating": lambda node: node.holds in (Standing.NEAR, Standing.MISSED),
        "reason": lambda node: node.needs_reason,
        "corrected": lambda node: node.outcome and node.outcome.is_corrected,
    }.get(show)
    for goal in tree.goals if wanted else ():
        goal.measures = [node for node in goal.measures if wanted(node)]


def summary_of(tree: Tree) -> Summary:
    measures = tree.measures
    return Summary(
        measures=len(measures),
        with_value=sum(one.state in WITH_VALUE for one in measures),
        year_only=sum(one.state == State.YEAR_ONLY for one in measures),
        missing=sum(one.state in WITHOUT_VALUE for one in measures),
        deviating=sum(one.holds in (Standing.NEAR, Standing.MISSED) for one in measures),
        without_reason=sum(one.needs_reason for one in [*measures, *tree.goals, *tree.areas]),
        ready=sum(one.is_ready for one in measures),
        goals=len(tree.goals),
        goals_met=sum(one.holds == Standing.MET for one in tree.goals),
        corrected=sum(bool(one.outcome and one.outcome.is_corrected) for one in measures),
    )


@dataclass
class Late:
    """Somebody, with the measures that wait for a value and those that are not marked as ready."""

    person: Person
    due_on: date | None
    status: str
    label: str
    missing: list[MeasureNode]
    unfinished: list[MeasureNode]


def late_by_person(tree: Tree) -> list[Late]:
    """Return who has something left to do in a period, most first."""
    left: dict[int, list[MeasureNode]] = defaultdict(list)
    for node in tree.measures:
        if not node.is_ready:
            left[node.edition.responsible_id].append(node)
    status, label = urgency(tree.period.due_on, tree.today) or ("wait", "")
    found = [_late(nodes, tree.period.due_on, status, label) for nodes in left.values()]
    return sorted(found, key=lambda one: (-len(one.missing), -len(one.unfinished), str(one.person)))


def _late(nodes: list[MeasureNode], due_on: date | None, status: str, label: str) -> Late:
    missing = [node for node in nodes if node.state in WITHOUT_VALUE]
    return Late(
        person=nodes[0].edition.responsible,
        due_on=due_on,
        status=status,
        label=label,
        missing=missing,
        unfinished=[node for node in nodes if node not in missing],
    )
