"""Charts as accessible SVG: pure functions from values to a `Chart`, the same string for page and paper.

    bars(…)          one value for each name, around a zero line: deviation by area
    grouped_bars(…)  two or three for each name: budget, forecast, actual
    line(…)          values over periods with their target: a measure's history, a forecast over time
    shares(…)        a whole in parts by rating: goal fulfilment
    sparkline(…)     a line as high as a word, for a cell
    risk_matrix(…)   risks by likelihood and consequence, on the plan's own scale

Widths are shares of whatever room there is, heights and letters are pixels: a chart has the same letters on a
telephone, a page and paper, and its words are wrapped for the telephone. Values are `Decimal`, unrounded, and None
where one is missing. `prefix` begins every id in the SVG and must be the chart's own on its page. A page shows a
chart by `reports/_chart.html`, which has its table one click away.
"""

from reports.charts.bars import Bar, bars
from reports.charts.chart import Chart, Table, Unit
from reports.charts.grouped import Group, Series, grouped_bars
from reports.charts.line import line
from reports.charts.matrix import risk_matrix
from reports.charts.risks import Axis, Level, Risk
from reports.charts.shares import Rating, Share, shares
from reports.charts.sparkline import sparkline
from reports.charts.timeline import Point

__all__ = [
    "Axis",
    "Bar",
    "Chart",
    "Group",
    "Level",
    "Point",
    "Rating",
    "Risk",
    "Series",
    "Share",
    "Table",
    "Unit",
    "bars",
    "grouped_bars",
    "line",
    "risk_matrix",
    "shares",
    "sparkline",
]
