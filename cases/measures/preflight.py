"""What the reports of a period tell of its measures: a review holds as long as none of it has changed."""

from cases.measures.models import Assignment, MeasureEdition, Outcome, Rating
from core.preflight import records_behind


@records_behind("measures")
def records(periods):
    """Outcomes with those of other periods, which stand beside them, ratings, targets and assignments."""
    bodies = periods.values("body")
    return [
        Outcome.objects.filter(period__body__in=bodies),
        MeasureEdition.objects.filter(measure__body__in=bodies),
        Rating.objects.filter(period__in=periods),
        Assignment.objects.filter(body__in=bodies),
    ]
