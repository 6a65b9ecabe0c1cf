"""The tables of an economy as canonical data: unrounded values as text, rounded by whoever shows them.

A statement is `{title, stub, unit, columns, sections, notes}`; a section `{label, kind, rows}`, a row
`{label, kind, unit, decimals, cells}`, a cell a number, a text, "" for blank, or `{absent: reason}`.
"""

from cases.finance.statements.budget import decisions, invested_frame, shared_frame
from cases.finance.statements.counted import counted
from cases.finance.statements.free import free
from cases.finance.statements.lists import bridge, grants, outside
from cases.finance.statements.money import accounts, investments, operating, operating_net, projects, summary

__all__ = [
    "accounts",
    "bridge",
    "counted",
    "decisions",
    "free",
    "grants",
    "invested_frame",
    "investments",
    "operating",
    "operating_net",
    "outside",
    "projects",
    "shared_frame",
    "summary",
]
