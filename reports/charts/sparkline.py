"""A line as high as a word, for a cell or a sentence."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.charts.chart import PLAIN, Chart, Table, Unit, known, named
from reports.charts.paints import INK_2, SERIES, painted
from reports.charts.scale import around
from reports.charts.svg import Markup, Piece, document, element, joined
from reports.charts.telling import extremes, listed, said, tell

WIDTH, HEIGHT = 88, 20  # px
EDGE = 4  # px, so that a point at the edge is whole
Place = tuple[float, float]


def sparkline(
    title: str,
    values: Sequence[tuple[str, Decimal | None]],
    *,
    prefix: str,
    unit: Unit = PLAIN,
    head: str,
) -> Chart:
    """Draw named values in order without axis or numbers, the last one marked; what is missing leaves a gap."""
    description = _description(values, unit)
    drawn = Piece(joined(_drawn([value for _name, value in values])), HEIGHT)
    return Chart(
        svg=document(
            drawn,
            prefix=prefix,
            title=named(title, unit),
            description=description,
            width=WIDTH,
            class_="chart-spark",
        ),
        title=title,
        unit=unit.name,
        description=description,
        table=Table(
            (head, unit.name or _("Value")), tuple((name, unit.text(value)) for name, value in values)
        ),
    )


def _drawn(values: Sequence[Decimal | None]) -> Iterator[Markup]:
    """Yield a line for each run of values, dashes at the foot where there are none, and a mark at the last value."""
    scale = around(known(values))
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    run: list[Place] = []
    for place, value in enumerate(values):
        x = EDGE + place * step
        if value is None:
            yield _run(run)
            yield _dash(x)
            run = []
        else:
            run.append((x, HEIGHT - EDGE - scale.share(value) * (HEIGHT - 2 * EDGE)))
            last = run[-1]
    yield _run(run)
    if known(values):
        yield element("circle", cx=last[0], cy=last[1], r=3, **painted(fill=SERIES))


def _run(places: Sequence[Place]) -> Markup:
    if len(places) == 1:
        return element("circle", cx=places[0][0], cy=places[0][1], r=1.5, **painted(fill=SERIES))
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    colours = painted(stroke=SERIES)
    return (
        element("path", d=f"M{path}", stroke_width=1.5, stroke_linejoin="round", **colours)
        if path
        else joined(())
    )


def _dash(x: float) -> Markup:
    ends = {"x1": x - 2, "x2": x + 2, "y1": HEIGHT - 2, "y2": HEIGHT - 2}
    return element("line", **ends, **painted(stroke=INK_2))


def _description(values: Sequence[tuple[str, Decimal | None]], unit: Unit) -> str:
    there = [(name, value) for name, value in values if value is not None]
    last = (
        _("Last: %(name)s, %(value)s.") % {"name": there[-1][0], "value": unit.full(there[-1][1])}
        if there
        else ""
    )
    return tell(last, extremes(values, unit), listed((name, said(value, unit)) for name, value in values))
