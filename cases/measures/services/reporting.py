"""What a rapportör does in one go: the value, some lines, the rating, and “done”."""

from collections.abc import Mapping
from html import escape

from cases.measures.models import MeasureEdition, Rating, RatingStep
from cases.measures.services.outcomes import Entry, enter_outcome
from cases.measures.services.ratings import begin_rating, write_rating
from committee.models import Period, Person
from core.richtext.plain import plain_text
from core.services import service, take_step
from core.workflow import StepNotAllowed


@service
def report(
    edition: MeasureEdition,
    period: Period,
    *,
    by: Person,
    entry: Entry,
    parts: Mapping[str, Entry] | None = None,
    given: RatingStep | None = None,
    reason: str = "",
    lines: str | None = None,
    correction: str = "",
    finish: bool = False,
) -> Rating:
    """Save a measure's outcome and rating in a period; with `finish` mark it as ready.

    An empty entry where there is no outcome is no outcome: what is followed up for the full year only is still
    rated. `lines` is plain text, which becomes the analysis unless it is what stands there. Raises Refused, and
    StepNotAllowed with a reason; then nothing is saved.
    """
    if not entry.is_empty or edition.outcomes.filter(period=period, split="").exists():
        enter_outcome(edition, period, entry, by=by, correction=correction)
    for part, values in (parts or {}).items():
        if not values.is_empty:
            enter_outcome(edition, period, values, by=by, split=part, correction=correction)
    rating = begin_rating(period, edition, owner=edition.responsible, by=by)
    if rating.is_ready:
        return rating
    chosen = given or (_step_of_computed(rating) if finish else None)
    rating = write_rating(rating, by=by, given=chosen, reason=reason, analysis=_analysis(rating, lines))
    return take_step(rating, "finish", by=by) if finish else rating


@service
def finish_all(period: Period, *, by: Person, owner: Person | None = None) -> tuple[int, dict[str, str]]:
    """Mark the measures of a period as ready, all or those that somebody writes.

    Return how many were marked, and for each other measure what hinders it.
    """
    drafts = Rating.objects.filter(period=period, status=Rating.Status.DRAFT, edition__isnull=False)
    mine = drafts.filter(owner=owner) if owner else drafts
    hindered, done = {}, 0
    for rating in mine.with_subject().order_by("pk"):
        try:
            take_step(rating, "finish", by=by)
        except StepNotAllowed as not_yet:
            hindered[str(rating.of)] = str(not_yet)
        else:
            done += 1
    return done, hindered


def _step_of_computed(rating: Rating) -> RatingStep | None:
    """Return the scale's first step that says what is computed; None when nothing is."""
    steps = RatingStep.objects.filter(
        municipality=rating.period.body.municipality_id,
        level=rating.level,
        kind=rating.period.kind,
        standing=rating.computed or "",
    )
    return steps.first()


def _analysis(rating: Rating, lines: str | None) -> str | None:
    """Return the lines as paragraphs; None when they are what stands there already, with its links and figures."""
    if lines is None or lines.strip() == plain_text(rating.analysis).strip():
        return None
    return "".join(f"<p>{escape(line.strip())}</p>" for line in lines.splitlines() if line.strip())
