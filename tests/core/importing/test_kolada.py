"""Kolada's JSON: rows by key figure, municipality, year and gender; missing is not nothing."""

import json
from decimal import Decimal
from http.client import HTTPSConnection
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core.importing import kolada, services
from core.importing.cells import MOST_BYTES, Unacceptable
from core.models import ImportRun
from tests.core.importing.conftest import work

ANSWER = {
    "count": 1,
    "values": [
        {
            "kpi": "N31807",
            "municipality": "1440",
            "period": 2022,
            "values": [
                {"gender": "T", "value": 81.25, "status": "", "count": 1},
                {"gender": "K", "value": 0, "status": "", "count": 1},
                {"gender": "M", "value": None, "status": "Missing", "count": 1},
            ],
        }
    ],
}


@pytest.fixture(autouse=True)
def _words():
    with translation.override("en"):
        yield


def test_a_row_for_each_gender_and_a_missing_value_stays_missing():
    sheet = kolada.read(json.dumps(ANSWER).encode())

    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["kpi", "municipality", "period", "gender", "value"],
        ["N31807", "1440", "2022", "T", Decimal("81.25")],
        ["N31807", "1440", "2022", "K", Decimal(0)],
        ["N31807", "1440", "2022", "M", None],
    ]


def test_a_number_keeps_the_digits_that_it_was_sent_with():
    [_heads, row, *_rest] = kolada.read(json.dumps(ANSWER).replace("81.25", "81.10").encode()).rows

    assert row[4].value == Decimal("81.10")


#            what is sent instead
STRANGE = [
    "[]",
    "{}",
    '{"values": {}, "x": ',
    '{"values": 3}',
    '{"values": [{"kpi": "N1", "municipality": "1", "period": "i fjol", "values": []}]}',
    '{"values": [{"kpi": "N1", "municipality": "1", "period": 2022, "values": [{"gender": "X", "value": 1}]}]}',
    '{"values": [{"kpi": "N1", "municipality": "1", "period": 2022, "values": [{"gender": "T", "value": "1"}]}]}',
    '{"values": [{"kpi": "N1", "municipality": "1", "period": 2022, "values": [{"gender": "T", "value": true}]}]}',
    '{"values": [{"kpi": "N1", "municipality": "1", "period": 2022, "values": [{"gender": "T", "value": NaN}]}]}',
]


@pytest.mark.parametrize("sent", STRANGE)
def test_what_kolada_never_sends_is_refused(sent):
    with pytest.raises(Unacceptable, match="not what Kolada sends"):
        kolada.read(sent.encode())


def test_a_file_from_kolada_goes_the_same_way_as_any_other(importing, period):
    values = {"area": "kpi", "account": "gender", "actual": "value"}
    upload = SimpleUploadedFile("kolada.json", json.dumps(ANSWER).encode())

    run = importing(upload, columns=values, codes={"N31807": "EB"})

    assert run.kind == "json"
    assert [error["cell"] for error in run.faults] == ["Kolada!E4"]  # this target needs a value in each row


class Answer:
    """What a server would have sent."""

    def __init__(self, content, status=200):
        self.status, self._content = status, BytesIO(content)

    def read(self, most):
        return self._content.read(most)


@pytest.fixture
def kolada_says(monkeypatch):
    """Return a function that decides what the connection brings; asked for addresses are kept in `asked`."""

    def say(answer):
        asked = []

        def getresponse(connection):
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(
            HTTPSConnection,
            "request",
            lambda self, verb, path: asked.append((self.host, self.timeout, verb, path)),
        )
        monkeypatch.setattr(HTTPSConnection, "getresponse", getresponse)
        return asked

    return say


ADDRESS = "https://api.kolada.se/v2/data/kpi/N31807/municipality/1440/year/2022?per_page=50"


def test_an_address_is_fetched_by_a_worker_and_then_waits_for_its_columns(
    kolada_says, target, period, controller
):
    asked = kolada_says(Answer(json.dumps(ANSWER).encode()))

    run = services.begin(target, period, source="Kolada", address=ADDRESS, by=controller)
    work()

    run.refresh_from_db()
    assert asked == [
        ("api.kolada.se", 10, "GET", "/v2/data/kpi/N31807/municipality/1440/year/2022?per_page=50")
    ]
    assert (run.state, run.kind, run.sheets) == ("columns", "json", ["Kolada"])


FAILURES = [
    TimeoutError(),
    Answer(b"", status=302),
    Answer(b"", status=500),
    Answer(b" " * (MOST_BYTES + 1)),
    Answer(b"<html>"),
]


@pytest.mark.parametrize("comes", FAILURES)
def test_an_address_that_gives_nothing_says_so_and_the_import_can_be_thrown_away(
    comes, kolada_says, target, period, controller, client_for
):
    kolada_says(comes)
    run = services.begin(target, period, source="Kolada", address=ADDRESS, by=controller)
    work()

    page = client_for(controller).get(run.get_absolute_url())
    client_for(controller).post(f"{run.get_absolute_url()}drop/")

    assert page.context["run"].problem
    assert not page.context["run"].is_working
    assert not ImportRun.objects.exists()
