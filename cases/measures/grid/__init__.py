"""The grid of a period's outcomes: what stands in it, and where its cells are kept."""

from cases.measures.grid.sheet import sheet_of
from cases.measures.grid.store import OutcomeStore

__all__ = ["OutcomeStore", "sheet_of"]
