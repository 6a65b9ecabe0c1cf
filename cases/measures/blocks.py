"""What goals and measures put into a report: tables, the tree, charts. Data first; the templates only write it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.measures.judging import Standing
from cases.measures.models import Assignment
from cases.measures.states import cell_of
from cases.measures.texts import filled
from cases.measures.tree import AreaNode, GoalNode, MeasureNode, Rated, Tree
from core import clock, formats
from core.blocks import block
from core.reading import canonical
from core.richtext.public import public_copy
from reports.audiences import READS_MASKED

PERIOD = "committee.Period"


@block(
    "measures.goal_table",
    subject=PERIOD,
    template="measures/blocks/goal_table.html",
    label=_("Measures of a goal"),
)
def goal_table(period, options, audience):
    """The measures of a goal, named by its position in the year (`goal`), with what was said of each."""
    tree = Tree.of(period, clock.today())
    goal = next((one for one in tree.goals if str(one.goal.position) == str(options.get("goal", ""))), None)
    return _table(goal, tree, period, iter(_texts(goal.measures if goal else [], period, audience)))


def _table(goal: GoalNode | None, tree: Tree, period, texts: Iterator[str]) -> dict:
    """Return a goal's measures; takes as many of the texts."""
    nodes = goal.measures if goal else []
    return {
        "goal": goal.goal.name if goal else "",
        "years": [year.year for year in tree.years],
        "year": period.year,
        "rows": [_row(node, next(texts), period) for node in nodes],
        "notes": sorted(
            {cell["note"] for node in nodes for cell in node.history if cell["state"] == "broken"}
        ),
    }


@block(
    "measures.chapter",
    subject=PERIOD,
    template="measures/blocks/chapter.html",
    label=_("Areas, goals and measures"),
)
def chapter(period, options, audience):
    """The whole follow-up: areas, under them the council's goals, the committee's, and the measures of each."""
    tree = Tree.of(period, clock.today())
    nodes: list[Rated] = []
    for area in tree.areas:
        nodes.append(area)
        for goal in area.goals:
            nodes += [goal, *goal.measures]
    texts = iter(_texts(nodes, period, audience))
    return {"year": period.year, "areas": [_area(area, tree, period, texts) for area in tree.areas]}


def _area(area: AreaNode, tree: Tree, period, texts: Iterator[str]) -> dict:
    told = _node(area, period, next(texts))
    return told | {
        "name": area.area.name,
        "number": area.area.number,
        "names": [goal.goal.name for goal in area.goals],
        "council_goals": [
            {
                "code": council_goal.code,
                "name": council_goal.name,
                "goals": [
                    _node(goal, period, next(texts))
                    | {"name": goal.goal.name, "table": _table(goal, tree, period, texts)}
                    for goal in goals
                ],
            }
            for council_goal, goals in area.council_goals
        ],
    }


@block("measures.tree", subject=PERIOD, template="measures/blocks/tree.html", label=_("Areas and goals"))
def tree(period, options, audience):
    """Areas with their goals and ratings; with `area` one of them, by number."""
    whole = Tree.of(period, clock.today())
    wanted = str(options.get("area", ""))
    areas = [one for one in whole.areas if wanted in ("", str(one.area.number))]
    texts = iter(_texts([*areas, *(goal for one in areas for goal in one.goals)], period, audience))
    found = [
        _node(one, period, next(texts)) | {"name": one.area.name, "number": one.area.number} for one in areas
    ]
    for area, told in zip(areas, found, strict=True):
        told |= {"met": area.met, "of": len(area.goals)}
        told["goals"] = [
            _node(goal, period, next(texts)) | {"name": goal.goal.name, "code": goal.goal.council_goal.code}
            for goal in area.goals
        ]
    return {"areas": found, "year": period.year}


@block(
    "measures.fulfilment",
    subject=PERIOD,
    template="measures/blocks/fulfilment.html",
    label=_("Chart: goals by rating"),
)
def fulfilment(period, options, audience):
    """How many goals of each area are met, near, missed or not rated."""
    areas = Tree.of(period, clock.today()).areas
    order = [Standing.MET, Standing.NEAR, Standing.MISSED, None]
    return {
        "standings": [standing.value if standing else "" for standing in order],
        "rows": [
            {
                "name": one.area.name,
                "counts": [sum(goal.holds == standing for goal in one.goals) for standing in order],
            }
            for one in areas
        ],
    }


@block(
    "measures.history",
    subject=PERIOD,
    template="measures/blocks/history.html",
    label=_("Chart: a measure's history"),
)
def history(period, options, audience):
    """A measure, by number (`measure`), over the full years and this period's expected year, with its targets."""
    tree = Tree.of(period, clock.today())
    wanted = str(options.get("measure", ""))
    node = next((one for one in tree.measures if str(one.edition.measure.number) == wanted), None)
    if node is None:
        return {"name": "", "points": []}
    edition, outcome = node.edition, node.outcome
    expected = canonical(outcome.expected) if outcome else ""
    return {
        "name": edition.name,
        "number": edition.measure.number,
        "unit": edition.unit,
        "decimals": edition.decimals,
        "points": [
            {"label": str(year.year), "value": cell["value"], "break": cell.get("note", "")}
            for year, cell in zip(tree.years, node.history, strict=True)
        ]
        + [{"label": str(period.year), "value": expected, "target": canonical(edition.target), "break": ""}],
        "is_forecast": period.kind != period.Kind.YEAR,
    }


@block(
    "measures.assignments",
    subject=PERIOD,
    template="measures/blocks/assignments.html",
    label=_("Assignments"),
)
def assignments(period, options, audience):
    """The year's assignments with how far they have come."""
    given = Assignment.objects.filter(body=period.body_id, year=period.year).for_list()
    return {
        "year": period.year,
        "rows": [
            {
                "title": one.title,
                "giver": one.giver,
                "area": one.area.name,
                "responsible": one.responsible.title or str(one.responsible),
                "due_on": formats.iso(one.due_on),
                "status": one.status,
                "comment": one.comment,
            }
            for one in given
        ],
    }


def _row(node: MeasureNode, text: str, period) -> dict:
    edition = node.edition
    return _node(node, period, text) | {
        "number": edition.measure.number,
        "name": edition.name,
        "unit": edition.unit,
        "decimals": edition.decimals,
        "history": node.history,
        "target": canonical(edition.target),
        "target_decimals": formats.decimals_of(edition.target) if edition.target else 0,
        "outcome": node.cell,
        "parts": [{"part": part, "cell": cell_of(found, node.state)} for part, found in node.parts],
        "forecast": canonical(node.outcome.expected)
        if node.outcome and node.outcome.exact is not None
        else "",
    }


def _node(node: Rated, period, text: str) -> dict:
    """Return a rating as data: what holds, its sentence, and the analysis as HTML."""
    given = node.given
    return {
        "standing": node.holds.value if node.holds else "",
        "word": given.label if given else "",
        "sentence": given.say(period.year) if given else "",
        "text": text,
    }


def _texts(nodes, period, audience) -> list[str]:
    """Return the nodes' analyses with their values written anew, masked for who may not read what is masked."""
    texts = filled([str(node.rating.analysis) if node.rating else "" for node in nodes], period)
    return texts if audience in READS_MASKED else [public_copy(text) for text in texts]
