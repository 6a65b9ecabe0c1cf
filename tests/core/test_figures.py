"""Values in prose: found in batches, relative to the document's period, in the form that the sentence asks for."""

from datetime import date
from decimal import Decimal

import pytest

from committee.models import Period
from core.figures import choices, figures, resolve
from core.richtext.references import FigureRef
from tests.factories import CaseFactory, FactFactory, MeetingFactory, PeriodFactory

NAMES = {
    "fact.value",
    "case.number",
    "case.due",
    "document.date",
    "meeting.date",
    "body.name",
    "period.name",
}


def ref(name, **args):
    return FigureRef.of(name, args)


def executed(**args):
    return ref("fact.value", key="unexecuted.executed", **args)


@pytest.fixture
def quarter(db):
    return PeriodFactory(year=2023, number=1)


def about(period):
    return {"committee.period": period}


def text_of(reference, subjects):
    found = resolve([reference], subjects)[reference]
    return found.text if found else None


def test_these_figures_are_offered():
    assert {name for name, _figure in figures.items()} >= NAMES


@pytest.mark.parametrize("many", [1, 10])
def test_all_references_of_one_name_cost_one_query(quarter, django_assert_num_queries, many):
    for number in range(many):
        FactFactory(period=quarter, key=f"fact.{number}", value=number)
    refs = [ref("fact.value", key=f"fact.{number}") for number in range(many)]

    with django_assert_num_queries(1):
        found = resolve(refs, about(quarter))

    assert [found[one].text for one in refs] == [str(number) for number in range(many)]


def test_each_name_costs_one_query_however_many_forms_it_is_asked_for(quarter, django_assert_num_queries):
    FactFactory(period=quarter, value=7)
    refs = [executed(), executed(form="words"), executed(period="previous"), ref("period.name"), executed()]

    with django_assert_num_queries(1):
        found = resolve(refs, about(quarter))

    assert len(found) == 4


@pytest.mark.parametrize(
    ("kind", "number", "which", "expected"),
    [
        ("quarter", 1, "this", (2023, 1)),
        ("quarter", 1, "previous", (2022, 4)),
        ("quarter", 2, "previous", (2023, 1)),
        ("quarter", 1, "same_last_year", (2022, 1)),
        ("month", 1, "previous", (2022, 12)),
        ("interim", 1, "previous", (2022, 2)),
        ("interim", 2, "previous", (2023, 1)),
        ("year", 1, "previous", (2022, 1)),
        ("year", 1, "same_last_year", (2022, 1)),
    ],
)
def test_a_period_beside_this_one_is_found_across_the_year_boundary(kind, number, which, expected):
    assert Period(kind=kind, year=2023, number=number).key_of(which) == expected


@pytest.mark.parametrize(("period", "value"), [("this", "7"), ("previous", "5"), ("same_last_year", "3")])
def test_a_relative_fact_speaks_of_the_documents_own_period(quarter, period, value):
    FactFactory(period=quarter, value=7)
    for year, number, count in [(2022, 4, 5), (2022, 1, 3), (2023, 2, 99)]:
        FactFactory(period=PeriodFactory(body=quarter.body, year=year, number=number), value=count)

    assert text_of(executed(period=period), about(quarter)) == value


def test_another_bodys_fact_of_the_same_quarter_is_another_fact(quarter):
    FactFactory(period=PeriodFactory(year=2023, number=1), value=99)

    assert text_of(executed(), about(quarter)) is None


@pytest.mark.parametrize(
    "reference",
    [
        executed(),
        executed(period="previous"),
        ref("no.such_figure"),
        ref("fact.value"),
        executed(unknown="x"),
        ref("case.number"),
    ],
    ids=str,
)
def test_a_reference_that_leads_nowhere_comes_to_nothing(quarter, reference):
    assert resolve([reference], about(quarter)) == {reference: None}


@pytest.mark.parametrize("reference", [executed(period="next"), ref("period.name", period="next")], ids=str)
def test_an_unknown_period_is_not_taken_for_this_one(quarter, reference):
    FactFactory(period=quarter)

    assert resolve([reference], about(quarter)) == {reference: None}


def test_an_unknown_form_comes_to_nothing(quarter):
    FactFactory(period=quarter)

    assert text_of(executed(form="roman"), about(quarter)) is None
    assert text_of(executed(form="plain"), about(quarter)) == "7"


def test_one_reference_that_leads_nowhere_does_not_take_the_others_with_it(quarter):
    FactFactory(period=quarter)
    good, bad = executed(), executed(unknown="x")

    found = resolve([bad, good], about(quarter))

    assert (found[bad], found[good].text) == (None, "7")


@pytest.mark.parametrize(
    ("unit", "value", "form", "text"),
    [
        ("count", 7, "plain", "7"),
        ("count", 7, "words", "sju"),
        ("count", 1200, "words", "1\u00a0200"),
        ("percent", 8, "plain", "8,0\u00a0procent"),
        ("kr", 57_700_000, "words", "57,7\u00a0miljoner\u00a0kronor"),
        ("kr", -720512, "kr", "-720\u00a0512\u00a0kr"),
        ("kr", -720512, "absolute", "0,7\u00a0miljoner\u00a0kronor"),
        ("kr", -720512, "sign", "underskott"),
        ("kr", 19539000, "tkr", "19\u00a0539\u00a0tkr"),
    ],
)
def test_a_fact_is_written_in_the_form_of_its_own_unit(quarter, unit, value, form, text):
    FactFactory(period=quarter, unit=unit, value=value)

    assert text_of(executed(form=form), about(quarter)) == text


def test_a_value_says_where_it_is_from(quarter):
    fact = FactFactory(period=quarter, label="Verkställda", value=Decimal("7.5"), unit="percent")

    found = resolve([executed()], about(quarter))[executed()]

    assert (found.value, found.unit) == ("7.5", "percent")
    assert found.origin == {
        "label": "Verkställda",
        "source": "Rapporteringen till IVO",
        "url": "",
        "at": "2023-05-16",
        "by": str(fact.by),
    }


def test_the_words_for_a_period_follow_it(quarter):
    refs = [ref("period.name", period="previous"), ref("period.name", form="words")]

    assert [text_of(one, about(quarter)) for one in refs] == ["kvartal 4 2022", "kvartal ett"]


def test_the_case_and_the_meeting_speak_of_themselves(db):
    case = CaseFactory(number="SN/2023:00183", extended_to=date(2023, 6, 20), answer_due_on=date(2023, 5, 31))
    meeting = MeetingFactory(body=case.body)
    subjects = {"register.case": case, "committee.meeting": meeting, "committee.body": case.body}

    assert text_of(ref("case.number"), subjects) == "SN/2023:00183"
    assert text_of(ref("case.due"), subjects) == "20\u00a0juni\u00a02023"
    assert text_of(ref("meeting.date", form="iso"), subjects) == "2023-06-13"
    assert text_of(ref("body.name"), subjects) == "Socialnämnden"


def test_a_case_without_a_day_has_no_day_to_place_in_a_text(db):
    assert text_of(ref("case.due"), {"register.case": CaseFactory()}) is None


def test_the_writers_list_holds_every_value_with_how_it_reads(quarter):
    FactFactory(period=quarter, label="Verkställda")

    offered = {(row["name"], row["label"]): row for row in choices(about(quarter))}

    fact = offered["fact.value", "Verkställda"]
    assert fact["args"] == {"key": "unexecuted.executed", "period": "this"}
    assert {form["form"]: form["text"] for form in fact["forms"]}["plain"] == "7"


def test_the_writers_list_costs_one_query_for_each_figure_and_its_offers(
    quarter, django_assert_max_num_queries
):
    for number in range(10):
        FactFactory(period=quarter, key=f"fact.{number}")

    with django_assert_max_num_queries(11):  # as many kinds of value are offered of a period
        choices(about(quarter))
