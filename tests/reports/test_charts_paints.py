"""Every paint is told from its ground: on paper, on the page in the light, on the page in the dark."""

import re

import pytest
from django.conf import settings

from reports.charts.paints import BAD, GRID, INK, INK_2, OK, PAINTS, PAST, RISK, SERIES, WAIT
from tests.reports.drawings import EVERY, seen

GROUNDS = {"paper": ["#ffffff"], "light": ["#ffffff", "#fbfaf7"], "dark": ["#1b1f23", "#14171a"]}
LIGHT_DARK = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
CSS = settings.BASE_DIR / "static" / "css"


def tokens() -> dict[str, dict[str, str]]:
    """Return each role's colour on each ground."""
    found = LIGHT_DARK.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
    light, dark = {name: one for name, one, _ in found}, {name: other for name, _, other in found}
    return {"paper": {paint.role: paint.paper for paint in PAINTS}, "light": light, "dark": dark}


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("where", GROUNDS)
@pytest.mark.parametrize("paint", [INK, INK_2], ids=lambda paint: paint.role)
def test_words_have_a_contrast_of_four_and_a_half_to_one(where, paint):
    for ground in GROUNDS[where]:
        assert contrast(tokens()[where][paint.role], ground) >= 4.5


@pytest.mark.parametrize("where", GROUNDS)
@pytest.mark.parametrize("paint", [SERIES, PAST, OK, RISK, BAD, WAIT], ids=lambda paint: paint.role)
def test_shapes_have_a_contrast_of_three_to_one(where, paint):
    for ground in GROUNDS[where]:
        assert contrast(tokens()[where][paint.role], ground) >= 3


@pytest.mark.parametrize("where", GROUNDS)
@pytest.mark.parametrize("level", ["ok", "risk", "bad", "wait"])
def test_names_and_shapes_in_a_painted_cell_are_told_from_it(where, level):
    colours = tokens()[where]

    assert contrast(colours["ink"], colours[f"{level}-soft"]) >= 4.5
    assert contrast(colours[level], colours[f"{level}-soft"]) >= 3


def test_every_paint_that_is_used_has_its_class_on_the_page():
    rules = (CSS / "charts.css").read_text(encoding="utf-8")
    used = {name for draw in EVERY for one in seen(draw().svg) for name in one.paints.split()}

    assert GRID.role in tokens()["light"]
    for name in used:
        assert f".{name} {{" in rules, name


def test_every_class_of_the_page_is_a_paint():
    rules = (CSS / "charts.css").read_text(encoding="utf-8")

    assert set(re.findall(r"^\.(?:fill|stroke)-([\w-]+)", rules, re.MULTILINE)) <= {
        paint.role for paint in PAINTS
    }
