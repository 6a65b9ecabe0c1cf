"""The data inside a file: JSON that says what it means to who has nothing but the file."""

import json
import re

import pytest

from cases.register.models import Document
from core.figures import resolve
from core.richtext.references import FigureRef
from reports.services import renditions
from tests.factories import PeriodFactory

PYTHON = re.compile(r"""[{(\[]\s*['"(\d]|.*\b(Decimal|datetime|UUID)\(|<\w+: |None$|True$|False$""")
ADDRESS = re.compile(r"/[a-z-]+/(.*/)?$")


def everything(demo):
    """Return the data of every paper in the demo."""
    papers = [(meeting, "handlingar") for meeting in (demo.ruled, demo.column)]
    papers += [(document, "document") for document in Document.objects.all()]
    return [json.loads(renditions.compose(one, kind, "staff").data) for one, kind in papers]


def inside(value):
    """Yield each value in some JSON, and those within it."""
    yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inside(one)


def texts(data):
    return [one for one in inside(data) if isinstance(one, str)]


def figures(data):
    return [one for found in inside(data) if isinstance(found, dict) for one in found.get("figures", [])]


def test_no_value_is_written_as_python_writes_it(demo):
    data = everything(demo)

    assert [text for text in texts(data) if PYTHON.match(text)] == []
    assert {type(one["value"]) for one in figures(data)} >= {str, dict, list}


def test_every_origin_says_what_it_is_without_an_address_of_ours(demo):
    data = everything(demo)
    origins = [one["origin"] for one in figures(data) if one["origin"]]

    assert [text for text in texts(data) if ADDRESS.match(text)] == []
    assert {frozenset(origin) for origin in origins} == {frozenset(["label", "source", "at", "by"])}
    assert all(origin["label"] and origin["source"] for origin in origins)


@pytest.mark.django_db
def test_a_value_of_several_numbers_holds_them_by_name():
    reference = FigureRef.of("period.name", {})

    found = resolve([reference], {"committee.period": PeriodFactory(year=2023, number=2)})[reference]

    assert found.value == {"year": 2023, "number": 2}
