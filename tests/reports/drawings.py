"""Charts for tests, and what a reader sees of an SVG: every shape and word at its place, for a given width."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

from reports import charts
from reports.charts import lettering
from reports.charts.lettering import NARROW

NAMESPACE = "{http://www.w3.org/2000/svg}"
TRANSLATE = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")
PERCENT, MKR = charts.Unit("%", 1), charts.Unit("mkr", 1)
LONG = "Kompetensförsörjning, verksamhetsutveckling och missbruks- och beroendevård inom socialförvaltningen"


@dataclass(frozen=True, slots=True)
class Seen:
    """A shape or a line of words, in pixels from the upper left."""

    tag: str
    left: float
    right: float
    top: float
    bottom: float
    text: str
    attributes: dict[str, str]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def paints(self) -> str:
        return self.attributes.get("class", "")

    def overlaps(self, other: "Seen") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  our own string


def seen(svg: str, *tags: str, width: float = NARROW) -> list[Seen]:
    """Return what is drawn, in order, optionally only these tags."""
    return [one for one in _inside(tree(svg), 0, 0, width) if not tags or one.tag in tags]


def texts(svg: str, width: float = NARROW) -> list[str]:
    return [one.text for one in seen(svg, "text", width=width)]


def word(svg: str, text: str, width: float = NARROW) -> Seen:
    """Return the one line that says just this."""
    [found] = [one for one in seen(svg, "text", width=width) if one.text == text]
    return found


def collisions(svg: str, width: float) -> list[tuple[str, str]]:
    """Return the pairs of words that lie over each other."""
    lines = seen(svg, "text", width=width)
    return [(one.text, other.text) for one, other in combinations(lines, 2) if one.overlaps(other)]


def _inside(parent: ElementTree.Element, x: float, y: float, width: float) -> Iterator[Seen]:
    for child in parent:
        tag = child.tag.removeprefix(NAMESPACE)
        if tag == "svg":
            wide = _length(child.get("width", "0"), width)
            yield from _inside(
                child, x + _length(child.get("x", "0"), width), y + float(child.get("y", 0)), wide
            )
        elif tag == "g":
            moved = TRANSLATE.match(child.get("transform", "translate(0 0)"))
            yield from _inside(child, x + float(moved[1]), y + float(moved[2]), width)
        elif tag in EXTENTS:
            left, right, top, bottom = EXTENTS[tag](child, width)
            words = "".join(child.itertext())
            yield Seen(tag, x + left, x + right, y + top, y + bottom, words, dict(child.attrib))


def _length(written: str, width: float) -> float:
    return float(written[:-1]) / 100 * width if written.endswith("%") else float(written)


def _rect(element, width):
    left, top = _length(element.get("x", "0"), width), float(element.get("y", 0))
    return left, left + _length(element.get("width"), width), top, top + float(element.get("height"))


def _line(element, width):
    left, right = sorted(_length(element.get(name), width) for name in ("x1", "x2"))
    return left, right, float(element.get("y1")), float(element.get("y2"))


def _circle(element, width):
    x, y, r = _length(element.get("cx", "0"), width), float(element.get("cy", 0)), float(element.get("r"))
    return x - r, x + r, y - r, y + r


def _path(_element, _width):
    return 0, 0, 0, 0


def _text(element, width):
    size, bold = float(element.get("font-size", lettering.TEXT)), element.get("font-weight") == "600"
    wide = lettering.width(element.text, size, bold=bold)
    x = _length(element.get("x"), width) + float(element.get("dx", 0))
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    return left, left + wide, float(element.get("y")) - size * 0.72, float(element.get("y")) + size * 0.2


EXTENTS = {"rect": _rect, "line": _line, "circle": _circle, "path": _path, "text": _text}


def d(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def points(*values: float | None, target: float | None = None, first: int = 2019) -> list[charts.Point]:
    return [charts.Point(str(first + place), d(value), d(target)) for place, value in enumerate(values)]


def some_bars(prefix: str = "b", label: str = "Barn och familj", **how) -> charts.Chart:
    rows = [(label, -12.4e6), ("Ekonomiskt bistånd", 31.7e6), ("Familjerätt", None), (LONG, 0)]
    bars = [charts.Bar(name, d(value)) for name, value in rows]
    unit = charts.Unit("mkr", 1, signed=True)
    return charts.bars(
        "Avvikelse",
        bars,
        **{"prefix": prefix, "unit": unit, "sides": ("under", "över"), "head": "Område"} | how,
    )


def some_groups(prefix: str = "g", label: str = "Barn och familj") -> charts.Chart:
    groups = [
        charts.Group(label, [d(412e6), d(431.5e6), d(287.2e6)]),
        charts.Group(LONG, [d(64.1e6), d(67e6), None]),
    ]
    series = [
        charts.Series("Budget", "plan"),
        charts.Series("Prognos", "forecast"),
        charts.Series("Utfall jan–aug"),
    ]
    return charts.grouped_bars("Nettokostnad", groups, series, prefix=prefix, unit=MKR, head="Område")


def some_line(prefix: str = "l", label: str = "2018") -> charts.Chart:
    history = [
        charts.Point(label, d(71.2), d(80)),
        charts.Point("2019", d(83), d(90)),
        charts.Point("2020", None, d(90)),
        charts.Point("2021", d(79.4), d(95), break_before="Ny mätmetod"),
        charts.Point("2022", d(88), d(100)),
        charts.Point("2023", d(91.5), d(100), is_forecast=True),
    ]
    return charts.line(
        "Utredningar i tid", history, prefix=prefix, unit=PERCENT, target_word="Mål", head="År"
    )


def some_months(prefix: str = "m", label: str = "jan") -> charts.Chart:
    months = [label, *"feb mar apr maj jun jul aug sep okt nov dec".split()]
    values = [720.5, 721, 725.3, 731.2, 729.9, 718.4, None, 662.8, 665, 670.1, 668.2, 671.9]
    over = [
        charts.Point(month, None if value is None else d(value) * 1_000_000, d(720.5e6))
        for month, value in zip(months, values, strict=True)
    ]
    return charts.line("Helårsprognos", over, prefix=prefix, unit=MKR, target_word="Budget", head="Månad")


RATINGS = [
    charts.Rating("ok", "Uppnås"),
    charts.Rating("risk", "Risk för avvikelse"),
    charts.Rating("bad", "Uppnås inte"),
    charts.Rating("wait", "Följs upp vid årets slut"),
    charts.Rating("missing", "Bedömning saknas"),
]


def some_shares(prefix: str = "s", label: str = "En trygg uppväxt") -> charts.Chart:
    rows = [
        charts.Share(label, [4, 1, 0, 1, 0]),
        charts.Share(LONG, [2, 1, 2, 0, 1]),
        charts.Share("Rättssäkerhet", [None] * 5),
    ]
    return charts.shares("Måluppfyllelse", rows, RATINGS, prefix=prefix, head="Målområde")


def some_spark(prefix: str = "k", label: str = "2019") -> charts.Chart:
    values = [(label, d(92.4)), ("2020", d(92.9)), ("2021", None), ("2022", d(91.8)), ("2023", d(93.4))]
    return charts.sparkline("Frisknärvaro", values, prefix=prefix, unit=PERCENT, head="År")


LIKELIHOOD = charts.Axis("Sannolikhet", ["Osannolik", "Mindre sannolik", "Möjlig", "Sannolik"])
CONSEQUENCE = charts.Axis("Konsekvens", ["Försumbar", "Lindrig", "Kännbar", "Allvarlig"])
LEVELS = [
    charts.Level("ok", "Accepteras", 1),
    charts.Level("risk", "Bevakas", 4),
    charts.Level("bad", "Åtgärdas", 9),
]


def some_risks(prefix: str = "r", label: str = "1", **how) -> charts.Chart:
    risks = [
        charts.Risk(label, 4, 4, "Ägare saknas"),
        charts.Risk("2", 3, 3),
        charts.Risk("3", 3, 3),
        charts.Risk("4", None, 3, "Nytt system"),
    ]
    scale = {"likelihood": LIKELIHOOD, "consequence": CONSEQUENCE, "levels": LEVELS, "prefix": prefix}
    return charts.risk_matrix("Risker", risks, **scale | how)


EVERY = (some_bars, some_groups, some_line, some_months, some_shares, some_spark, some_risks)
