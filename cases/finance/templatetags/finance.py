"""Statements in templates: {% load finance %}."""

from django import template

from cases.finance.statements import shape

register = template.Library()


@register.filter
def cells_of(row, data):
    """Pair a row's cells with their columns: (column, the words of the cell)."""
    return [
        (column, shape.shown(cell, column, row))
        for column, cell in zip(data["columns"], row["cells"], strict=False)
    ]
