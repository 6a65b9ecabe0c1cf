"""Analyses as they are read: the values in them written anew, once for all texts of a period."""

from collections.abc import Iterable, Mapping
from html import escape

from cases.measures.models import Rating
from committee.models import Period
from core import figures
from core.richtext.paper import for_paper
from core.richtext.references import FigureRef, figure_refs, fill


def filled(texts: Iterable[str], period: Period) -> list[str]:
    """Return the texts with their values written anew, as far as they are of the period. One query a figure."""
    given = list(texts)
    found = figures.resolve(
        [ref for text in given for ref in figure_refs(text)], {"committee.period": period}
    )
    values = _written(found)
    return [fill(text, values) for text in given]


def shown_text(rating: Rating) -> str:
    """Return a rating's analysis as a page shows it."""
    return for_paper(filled([str(rating.analysis)], rating.period)[0], heading_shift=1)


def _written(found: Mapping[FigureRef, figures.Resolved | None]) -> dict[FigureRef, str | None]:
    return {ref: escape(resolved.text) if resolved else None for ref, resolved in found.items()}
