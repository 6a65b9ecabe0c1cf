"""Values of goals and measures for prose: what they came to, what was aimed at, how they are rated."""

from cases.measures.figures import judged, values

__all__ = ["judged", "values"]
