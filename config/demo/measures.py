"""The demo's goal tree with outcomes and ratings, from measures.toml."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from cases.measures import services
from cases.measures.models import CouncilGoal, Goal, MeasureEdition, Rating, RatingStep, Standing
from cases.measures.services import Entry
from committee.models import Body, Period, Person, TargetArea
from config.demo.people import Cast
from config.demo.periods import Periods
from core.services import take_step

HERE = Path(__file__).resolve().parent
YEARS = (2020, 2021, 2022, 2023)
NOW = 2023
# The field of an outcome, and the period that it is of.
OUTCOMES = {f"y{year}": ("year", year, 1) for year in YEARS[:-1]} | {
    "d2_2022": ("interim", 2022, 2),
    "d1": ("interim", 2023, 1),
    "d2": ("interim", 2023, 2),
}
REPORTED = ("interim", 2023, 2)
OF_THE_MEASURE = "unit direction cadence forecast_rule numerator denominator split".split()


def add(body: Body, cast: Cast, periods: Periods) -> None:
    """Save areas, goals, measures of four years, what they came to, and the ratings of the second interim period."""
    by = cast.people["controller"]
    scale = _add_scale(body, by)
    areas = _add_areas(body)
    goals = _add_goals(body, areas, by)
    for row in _told()["measure"]:
        editions = _add_measure(row, goals, cast, by)
        _enter(row, editions, periods, cast)
        _rate(row, editions[NOW], periods[REPORTED], scale, cast.people[row["responsible"]])
    for row, goal in zip(_told()["goal"], goals[NOW], strict=True):
        _rate(row, goal, periods[REPORTED], scale, by)
    for row in _told()["area"]:
        _rate(row, areas[row["number"]], periods[REPORTED], scale, by)
    _rate({"rating": "mainly"}, None, periods[REPORTED], scale, by)
    _rate_earlier(periods, scale, by)
    for row in _told()["assignment"]:
        _give(row, body, areas, cast, by)


@cache
def _told() -> dict:
    return tomllib.loads((HERE / "measures.toml").read_text(encoding="utf-8"))


def _add_scale(body: Body, by: Person) -> dict[tuple[str, str, str], RatingStep]:
    """Save the standard scale; return its steps by level, kind of period and key."""
    return {
        (step.level, step.kind, step.key): step for step in services.begin_scale(body.municipality, by=by)
    }


def _add_areas(body: Body) -> dict[int, TargetArea]:
    return {
        row["number"]: TargetArea.objects.create(
            municipality=body.municipality, number=row["number"], name=row["name"]
        )
        for row in _told()["area"]
    }


def _add_goals(body: Body, areas: dict[int, TargetArea], by: Person) -> dict[int, list[Goal]]:
    """Save the council's goals, and the committee's for each year; return the latter by year, in order."""
    council = {}
    for row in _told()["council_goal"]:
        area, number = map(int, row["code"].split(":"))
        council[row["code"]] = CouncilGoal.objects.create(
            area=areas[area], number=number, name=row["name"], from_year=YEARS[0]
        )
    goals: dict[int, list[Goal]] = {}
    for year in YEARS:
        before = goals.get(year - 1) or [None] * len(_told()["goal"])
        goals[year] = [
            services.add_goal(
                body,
                year=year,
                council_goal=council[row["council_goal"]],
                name=row["name"],
                by=by,
                continues=old,
            )
            for row, old in zip(_told()["goal"], before, strict=True)
        ]
    return goals


def _add_measure(
    row: dict, goals: dict[int, list[Goal]], cast: Cast, by: Person
) -> dict[int, MeasureEdition]:
    """Save the measure's editions: one for each year of which something is known, and this year's."""
    years = [
        year for year in YEARS if year == NOW or f"y{year}" in row or (year == 2022 and "d2_2022" in row)
    ]
    fields = {name: row[name] for name in OF_THE_MEASURE if name in row}
    fields |= {"name": row["name"], "responsible": cast.people[row["responsible"]]}
    first, *later = years
    edition = services.add_measure(
        goals[first][row["goal"] - 1], by=by, number=row["number"],
        **fields, **_of_the_year(row, first),
    )  # fmt: skip
    editions = {first: edition}
    for year in later:
        edition = services.continue_edition(
            edition, goal=goals[year][row["goal"] - 1], by=by, **_of_the_year(row, year)
        )
        editions[year] = edition
    thresholds = {name: row[name] for name in ("met", "near", "missed") if name in row}
    if thresholds:
        services.change_edition(editions[NOW], by=by, thresholds=thresholds)
    return editions


def _of_the_year(row: dict, year: int) -> dict:
    decimals = row.get("shown", {}).get(f"y{year}", row.get("decimals", 0))
    target = row.get("target" if year == NOW else f"target_{year}")
    told = {"decimals": decimals, "target": None if target is None else Decimal(target)}
    if year != NOW:
        return told
    return {
        **told,
        "source_figure": row.get("source_figure", ""),
        "source_args": row.get("source_args", {}),
    }


def _enter(row: dict, editions: dict[int, MeasureEdition], periods: Periods, cast: Cast) -> None:
    by = cast.people[row["responsible"]]
    for name, key in OUTCOMES.items():
        for part in ("", "women", "men"):
            if written := row.get(f"{name}_{part}" if part else name):
                entry = _entry(written, periods[key])
                services.enter_outcome(editions[key[1]], periods[key], entry, by=by, split=part)


def _entry(written: str, period: Period) -> Entry:
    numerator, slash, denominator = written.partition("/")
    if slash:
        return Entry(numerator=Decimal(numerator), denominator=Decimal(denominator), as_of=period.ends_on)
    return Entry(value=Decimal(written), as_of=period.ends_on)


def _rate(row: dict, of, period: Period, scale: dict, owner: Person) -> None:
    """Write a rating and mark it as ready."""
    rating = services.begin_rating(period, of, owner=owner, by=owner)
    step = scale[rating.level.value, period.kind, row["rating"]]
    services.write_rating(
        rating, by=owner, given=step, reason=row.get("reason", ""), analysis=row.get("analysis", "")
    )
    take_step(rating, "finish", by=owner)


def _rate_as_computed(period: Period, scale: dict, by: Person) -> Iterator[Rating]:
    """Yield ready ratings of a period before, each as its outcomes come to, for what was measured then."""
    computed = Rating.objects.standings(period).computed
    editions = MeasureEdition.objects.of_period(period).select_related("responsible")
    rated = [(edition, edition.responsible) for edition in editions]
    rated += [(goal, by) for goal in Goal.objects.filter(body=period.body, year=period.year)]
    rated += [(area, by) for area in TargetArea.objects.filter(municipality=period.body.municipality)]
    for of, owner in [*rated, (None, by)]:
        rating = Rating(period=period, owner=owner, status=Rating.Status.READY, **services.rated(of))
        standing = computed.get(rating.key) or Standing.MET
        rating.given = next(
            step for (level, kind, _key), step in scale.items()
            if (level, kind, step.standing) == (rating.level, period.kind, standing)
        )  # fmt: skip
        yield rating


def _rate_as_later(period: Period, later: Period) -> Iterator[Rating]:
    """Yield ready ratings of a period of the same year as they were given again later."""
    for rating in Rating.objects.filter(period=later).select_related("area"):
        rating.pk, rating._state.adding, rating.period, rating.analysis = None, True, period, ""
        yield rating


def _rate_earlier(periods: Periods, scale: dict, by: Person) -> None:
    """Rate what was reported before, many rows at once; the areas' analyses are of each report's own."""
    for row in _told()["earlier"]:
        period = periods[tuple(row["period"])]
        is_past = period.year < NOW
        ratings = list(
            _rate_as_computed(period, scale, by) if is_past else _rate_as_later(period, periods[REPORTED])
        )
        for rating in ratings:
            if rating.area:
                rating.analysis = row["analyses"][str(rating.area.number)]
        Rating.objects.bulk_create(ratings)


def _give(row: dict, body: Body, areas: dict[int, TargetArea], cast: Cast, by: Person) -> None:
    steps = {"planned": [], "ongoing": ["start"], "done": ["start", "finish"]}
    assignment = services.give_assignment(
        body,
        year=NOW,
        by=by,
        title=row["title"],
        giver=row["giver"],
        area=areas[row["area"]],
        responsible=cast.people[row["responsible"]],
        due_on=row["due_on"],
        comment=row["comment"],
    )
    for step in steps[row["status"]]:
        take_step(assignment, step, by=assignment.responsible)
