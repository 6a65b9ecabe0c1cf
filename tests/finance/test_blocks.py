"""The tables as blocks of a document: data that can be kept, few queries together, and what is not there."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from committee.models import Period
from core import blocks

OURS = [name for name, _block in blocks.blocks.items() if name.startswith("finance.")]


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def data(period, name, **options):
    return blocks.blocks[name].data(period, options, "staff")


def test_every_table_and_chart_of_the_economy_is_there():
    assert OURS == [
        "finance.accounts",
        "finance.bridge",
        "finance.decisions",
        "finance.deviation_chart",
        "finance.forecast_chart",
        "finance.frame",
        "finance.free_table",
        "finance.grants",
        "finance.investments",
        "finance.key_figures",
        "finance.operating",
        "finance.outside",
        "finance.staff",
        "finance.summary",
        "finance.volumes",
    ]


@pytest.mark.parametrize("name", OURS)
def test_the_data_of_a_block_reads_the_same_when_it_was_kept_as_json(name, money):
    found = data(money.autumn, name)

    kept = json.loads(json.dumps(found))

    assert kept == found
    assert blocks.html(name, kept) == blocks.html(name, found)


@pytest.mark.parametrize("name", OURS)
def test_a_block_of_a_period_without_anything_says_so(name, small):
    assert "Inget är inlagt än." in blocks.html(name, data(small.period, name)) or "<table" in blocks.html(
        name, data(small.period, name)
    )


def test_all_the_blocks_of_a_report_read_the_ledger_once(money):
    period = Period.objects.get(pk=money.autumn.pk)

    with CaptureQueriesContext(connection) as captured:
        for name in OURS:
            data(period, name)
        data(period, "finance.grants", kind="migration")
        data(period, "finance.investments", by="project")

    assert len(captured) <= 16


def test_data_holds_kronor_and_not_what_is_shown(money):
    found = data(money.autumn, "finance.summary")

    income = found["sections"][0]["rows"][0]["cells"]
    assert all(abs(int(cell)) > 1_000_000 for cell in income)


def test_a_document_may_ask_for_another_unit_where_no_layout_says(money):
    assert "19,5" in blocks.html("finance.bridge", data(money.autumn, "finance.bridge", unit="mkr"))


def test_a_free_table_is_found_by_its_key(money):
    table = money.autumn.free_tables.get()

    assert data(money.autumn, "finance.free_table", key=table.key)["title"] == table.title
    assert data(money.autumn, "finance.free_table", key="nothing")["sections"] == []


def test_the_notes_mark_stands_at_the_row_that_it_is_about(money):
    html = blocks.html("finance.operating", data(money.autumn, "finance.operating"))

    assert "Vuxna, psykisk funktionsnedsättning*</th>" in html
    assert '<p class="statement-note">* Personligt ombud' in html


def test_charts_tell_their_values_in_words(money):
    html = blocks.html("finance.deviation_chart", data(money.autumn, "finance.deviation_chart"))

    assert "Ekonomiskt bistånd" in html
    assert "+25,8" in html
