"""The scale that a municipality begins with. From then on it is its own, to change."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cases.measures.models import RatingStep
from committee.models import Municipality, Person
from core.services import service

SCALE = Path(__file__).with_name("scale.toml")


@service
def begin_scale(municipality: Municipality, *, by: Person) -> list[RatingStep]:
    """Give a municipality the standard steps, and return them; one that has a scale keeps it as it is."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    if RatingStep.objects.filter(municipality=municipality).exists():
        return []
    return RatingStep.objects.bulk_create(
        RatingStep(
            municipality=municipality,
            level=row["level"],
            kind=kind,
            key=key,
            position=position,
            standing=standing,
            label=label,
            sentence=sentence,
        )
        for row in _standard()
        for kind in row["kinds"]
        for position, (key, standing, label, sentence) in enumerate(row["steps"], 1)
    )


@cache
def _standard() -> list[dict[str, Any]]:
    return tomllib.loads(SCALE.read_text(encoding="utf-8"))["step"]
