from typing import Any

from django.utils.translation import gettext as _

from cases.measures.models import Goal, MeasureEdition, Rating, RatingStep
from cases.measures.services.outcomes import Stale
from cases.measures.services.refusing import Refused, check_texts, lock_open
from committee.models import Period, Person, TargetArea
from core.richtext.plain import plain_text
from core.services import service

Rated = MeasureEdition | Goal | TargetArea | None


def rated(of: Rated) -> dict[str, Any]:
    """Return a rating's own fields for what it rates; of None, the whole."""
    return {
        "edition": of if isinstance(of, MeasureEdition) else None,
        "goal": of if isinstance(of, Goal) else None,
        "area": of if isinstance(of, TargetArea) else None,
    }


@service
def begin_rating(period: Period, of: Rated, *, owner: Person, by: Person) -> Rating:
    """Return the rating of something in a period; a new one, owned by `owner`, where there is none."""
    period = lock_open(period)
    found = Rating.objects.filter(period=period, **rated(of)).first()
    return found or Rating.objects.create(period=period, owner=owner, **rated(of))


@service
def write_rating(
    rating: Rating,
    *,
    by: Person,
    given: RatingStep | None = None,
    reason: str = "",
    analysis: str | None = None,
    version: int | None = None,
) -> Rating:
    """Save what is given, why it differs, and the analysis (None leaves the text as it is).

    A missing reason is no hindrance here; it is asked for when the rating is marked as ready. Raises Refused,
    and Stale when `version` is given and is not the last.
    """
    lock_open(rating.period)
    rating = Rating.objects.select_for_update(of=("self",)).with_subject().get(pk=rating.pk)
    if version is not None and rating.version != version:
        raise Stale
    if rating.is_ready:
        raise Refused("given", _("The rating is marked as ready. Open it again first."))
    _check_step(rating, given)
    text = str(rating.analysis) if analysis is None else analysis
    check_texts(reason=reason, analysis=plain_text(text, included=True))
    if (rating.given, rating.reason, rating.analysis) == (given, reason.strip(), text):
        return rating
    for name, value in {"given": given, "reason": reason.strip(), "analysis": text}.items():
        setattr(rating, name, value)
    rating.version += 1
    rating.save(update_fields=["given", "reason", "analysis", "version"])
    return rating


def _check_step(rating: Rating, given: RatingStep | None) -> None:
    if given is None:
        return
    scale = (rating.period.body.municipality_id, rating.level, rating.period.kind)
    if (given.municipality_id, given.level, given.kind) != scale:
        raise Refused("given", _("“%s” is not a step of this scale.") % given)
