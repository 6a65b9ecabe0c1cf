"""What files bring to goals and measures: outcomes, what the year's measures are, and assignments."""

from cases.measures.imports import outcomes, told

__all__ = ["outcomes", "told"]
