"""What files bring to the economy: amounts of a period, a budget, what is counted, and lists of a period."""

from cases.finance.imports import amounts, budgets, lists, numbers

__all__ = ["amounts", "budgets", "lists", "numbers"]
