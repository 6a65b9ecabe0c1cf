"""Numbers in prose: their words are true when the sign flips, and a document costs few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases.finance.models import Amount
from committee.models import Period
from core import figures
from core.richtext.references import FigureRef


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def said(of, name, **args):
    """Return what a reference comes to in a text about the period."""
    ref = FigureRef.of(name, args)
    found = figures.resolve([ref], {"committee.period": Period.objects.get(pk=of.pk)})[ref]
    return found.text.replace("\xa0", " ") if found else None


@pytest.mark.parametrize(
    ("name", "args", "text"),
    [
        ("finance.net", {"form": "words"}, "57,7 miljoner kronor"),
        ("finance.net", {"form": "sign"}, "överskott"),
        ("finance.net", {"area": "VP", "form": "sign"}, "underskott"),
        ("finance.net", {"area": "VP", "form": "absolute"}, "6,1 miljoner kronor"),
        ("finance.net", {"area": "EB", "column": "forecast", "form": "tkr"}, "-152 142 tkr"),
        ("finance.net", {"column": "forecast", "period": "previous", "form": "mkr"}, "-682,3 mkr"),
        ("finance.amount", {"line": "income", "form": "mkr"}, "19,5 mkr"),
        ("finance.amount", {"line": "personnel", "column": "actual", "form": "tkr"}, "-233 567 tkr"),
        ("finance.deviation_percent", {}, "8,0 procent"),
        ("finance.net_cost_change", {"form": "absolute"}, "2,3 miljoner kronor"),
        ("finance.net_cost_change", {"form": "change"}, "lägre"),
        ("finance.net_cost_change", {"area": "BU", "form": "change"}, "högre"),
        ("finance.forecast_change", {"form": "words"}, "19,5 miljoner kronor"),
        ("finance.forecast_change", {"form": "change"}, "förbättrad"),
        ("finance.forecast_change", {"area": "VP", "form": "change"}, "försämrad"),
        ("finance.areas", {}, "öppen förskola och vuxna, psykisk funktionsnedsättning"),
        ("finance.volume", {"row": "boendestod-antal-insatser", "column": "last_year"}, "265"),
        ("finance.outside", {"form": "tkr"}, "51 582 tkr"),
        ("finance.outside", {"what": "without", "form": "tkr"}, "6 140 tkr"),
        ("grants.total", {"form": "mkr"}, "8,0 mkr"),
        ("grants.total", {"kind": "migration", "form": "mkr"}, "14,7 mkr"),
    ],
)
def test_a_figure_says_what_the_report_says(money, name, args, text):
    assert said(money.autumn, name, **args) == text


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("finance.net", {"area": "XX"}),
        ("finance.net", {"column": "guess"}),
        ("finance.net", {"period": "next"}),
        ("finance.amount", {"line": "nothing"}),
        ("finance.volume", {"row": "nothing"}),
        ("finance.areas", {"sign": "both"}),
        ("finance.outside", {"what": "half"}),
        ("grants.total", {"kind": "gift"}),
    ],
)
def test_a_reference_that_leads_nowhere_has_no_value(money, name, args):
    assert said(money.autumn, name, **args) is None


def test_the_words_follow_when_the_sign_flips(money):
    forecast = Amount.objects.get(
        line__code="costs", area__code="EB", kind="forecast", reported_in=money.autumn
    )
    Amount.objects.filter(pk=forecast.pk).update(kronor=forecast.kronor - 60_000_000)

    assert said(money.autumn, "finance.net", form="sign") == "underskott"
    assert said(money.autumn, "finance.net", area="EB", form="sign") == "underskott"


def test_a_hundred_references_cost_what_one_does(money):
    period = Period.objects.get(pk=money.autumn.pk)
    refs = [
        FigureRef.of("finance.net", {"area": area, "column": column, "form": form})
        for area in ("", "EB", "VP", "BU", "GV")
        for column in ("actual", "budget", "forecast", "deviation")
        for form in ("words", "tkr", "mkr", "sign", "absolute")
    ]

    with CaptureQueriesContext(connection) as captured:
        found = figures.resolve(refs, {"committee.period": period})

    assert len([one for one in found.values() if one]) == 100
    assert len(captured) == 2  # columns, areas and lines together; amounts


def test_a_figure_leads_to_the_table_that_it_stands_in(money):
    ref = FigureRef.of("finance.net", {"area": "EB"})

    origin = figures.resolve([ref], {"committee.period": money.autumn})[ref].origin

    assert origin["url"].endswith("/operating/#operating")
    assert origin["label"] == "Ekonomiskt bistånd, Avvikelse prognos mot budget"


def test_every_value_that_can_be_placed_is_offered_once(money):
    offered = figures.choices({"committee.period": money.autumn})

    keys = [(one["name"], tuple(sorted(one["args"].items()))) for one in offered]
    assert len(keys) == len(set(keys))
    assert {one["name"] for one in offered} >= {
        "finance.net",
        "finance.amount",
        "finance.areas",
        "finance.deviation_percent",
        "finance.forecast_change",
        "finance.net_cost_change",
        "finance.outside",
        "finance.volume",
        "grants.total",
    }
