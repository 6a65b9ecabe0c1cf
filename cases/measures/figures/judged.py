"""How goals and measures are rated, and how many goals are met."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.measures.figures.offers import offers_of_areas, offers_of_ratings, tree_of
from cases.measures.judging import Standing
from core import formats
from core.figures import TEXT, Origin, Value, figure


@dataclass(frozen=True, slots=True)
class RatedArgs:
    """One of them: a measure's number, a goal's position in the year, an area's number; none: the whole."""

    measure: str | int = ""
    goal: str | int = ""
    area: str | int = ""


@dataclass(frozen=True, slots=True)
class AreaArgs:
    """An area's number; empty: the whole tree."""

    area: str | int = ""


@figure(
    "measures.rating",
    subject="committee.Period",
    label=gettext_lazy("Ratings"),
    args=RatedArgs,
    forms=TEXT | {"word": TEXT["plain"]},
    is_words=True,
    offers=offers_of_ratings,
)
def rating(period, refs):
    """The sentence of what was given: “målvärdet för 2023 kommer att uppnås”."""
    known = {_name_of(one): one for one in tree_of(period).ratings if one.given}
    return [_said(known.get(_name(ref)), period) for ref in refs]


@figure(
    "measures.goals_met",
    subject="committee.Period",
    label=gettext_lazy("Goals met"),
    args=AreaArgs,
    forms={
        "of": lambda value: _of_all(value.value, formats.count_in_words),
        "digits": lambda value: _of_all(value.value, formats.number),
        "count": lambda value: formats.count_in_words(value.value[0]),
    },
    is_words=True,
    offers=offers_of_areas,
)
def goals_met(period, refs):
    """How many of the goals are rated as met: “fyra av fem mål”, or “samtliga mål”."""
    tree = tree_of(period)
    counted: dict[str, tuple[int, int]] = {}
    for goal in tree.year_goals:
        area = str(goal.council_goal.area.number)
        met, of = counted.get(area, (0, 0))
        counted[area] = (met + (tree.standings.holds("goal", goal.pk) == Standing.MET), of + 1)
    counted[""] = tuple(map(sum, zip(*counted.values(), strict=True))) if counted else (0, 0)
    origin = Origin(_("Goals rated as met"), source=str(period), url=f"/measures/periods/{period.pk}/")
    return [
        Value(counted[str(ref.area)], origin=origin) if str(ref.area) in counted else None for ref in refs
    ]


def _name(ref):
    return tuple(str(part) for part in (ref.measure, ref.goal, ref.area))


def _name_of(one):
    if one.edition:
        return (str(one.edition.measure.number), "", "")
    return ("", str(one.goal.position) if one.goal else "", str(one.area.number) if one.area else "")


def _said(found, period):
    if found is None:
        return None
    origin = Origin(str(found), source=found.reason or str(period), url=found.get_absolute_url())
    return Value(found.given.say(period.year), origin=origin)


def _of_all(counts, write):
    """Write “fyra av fem mål”, “samtliga fem mål”, “inget av fem mål”."""
    met, all_of_them = counts
    if met == all_of_them:
        return _("all %s goals") % write(all_of_them) if met > 1 else _("the goal")
    told = {"met": write(met) if met else _("not one"), "all": write(all_of_them)}
    return _("%(met)s of %(all)s goals") % told
