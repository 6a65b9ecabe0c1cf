from cases.finance.models.amounts import Amount, Line, Project, ProjectGroup
from cases.finance.models.budgets import BudgetVersion
from cases.finance.models.explanations import Explanation, Grant
from cases.finance.models.free_tables import FreeTable
from cases.finance.models.key_figures import KeyFigure, KeyFigureValue
from cases.finance.models.layouts import GroupedArea, Grouping, Layout, LayoutColumn

__all__ = [
    "Amount",
    "BudgetVersion",
    "Explanation",
    "FreeTable",
    "Grant",
    "GroupedArea",
    "Grouping",
    "KeyFigure",
    "KeyFigureValue",
    "Layout",
    "LayoutColumn",
    "Line",
    "Project",
    "ProjectGroup",
]
