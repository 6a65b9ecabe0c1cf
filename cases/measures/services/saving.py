"""Saving the thresholds of a measure's edition."""

from collections.abc import Mapping

from cases.measures import thresholds as spans
from cases.measures.judging import Standing
from cases.measures.models import MeasureEdition, Threshold
from cases.measures.services.refusing import Refused
from cases.measures.thresholds import BadThresholds, Span, read


def checked_spans(thresholds: Mapping[str, str]) -> list[Span]:
    """Return thresholds as spans; raises Refused when they cannot be read, leave a gap or overlap."""
    try:
        return read(thresholds)
    except BadThresholds as bad:
        raise Refused("thresholds", str(bad)) from None


def spans_of(edition: MeasureEdition) -> list[Span]:
    """Return the spans that an edition has."""
    marks = list(edition.thresholds.all())
    return read({standing: spans.written(marks, standing) for standing in Standing.values})


def replace_thresholds(edition: MeasureEdition, marks: list[Span]) -> None:
    """Give an edition these thresholds in place of those that it has; the same ones are left alone."""
    if set(marks) != set(spans_of(edition)):
        edition.thresholds.all().delete()
        save_thresholds(edition, marks)


def save_thresholds(edition: MeasureEdition, marks: list[Span]) -> None:
    """Give an edition its first thresholds."""
    Threshold.objects.bulk_create(
        Threshold(
            edition=edition,
            standing=span.standing,
            low=span.low,
            low_is_in=span.low_is_in,
            high=span.high,
            high_is_in=span.high_is_in,
        )
        for span in marks
    )
