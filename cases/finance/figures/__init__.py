"""Figures of a period's money and numbers. All references of a document read one ledger for each period."""

from cases.finance.figures import money, others

__all__ = ["money", "others"]
