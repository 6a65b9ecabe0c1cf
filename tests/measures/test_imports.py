"""Outcomes from a file and from Kolada: entered by the same door, refused at their cells."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.measures import services
from cases.measures.models import Outcome
from cases.measures.services import Entry
from core import sheets
from core.importing import services as importing
from core.importing.targets import imports
from core.models import ImportRun
from core.services import take_step
from core.tables import tables
from tests.core.importing.conftest import csv_file, said, work

TARGET = "measures.outcomes"
COLUMNS = {"measure": "Nr", "part": "Kön", "value": "Utfall", "comment": "Kommentar"}


@pytest.fixture
def bring(controller, period):
    """Return a function that takes a file in as far as it comes: bring(file, {"measure": "Nr"}, codes)."""

    def run(upload, columns, codes=(), *, target=TARGET):
        run = importing.begin(imports[target], period, source="Enkäten", upload=upload, by=controller)
        importing.set_columns(run, sheet=run.sheet, head_row=run.head_row, chosen=columns, by=controller)
        work()
        run.refresh_from_db()
        if codes:
            importing.set_codes(run, chosen=dict(codes), by=controller)
            work()
            run.refresh_from_db()
        if run.may_be_applied:
            importing.confirm(run, by=controller)
            work()
        return ImportRun.objects.get(pk=run.pk)

    return run


def outcomes(period):
    return {
        (one.edition.measure.number, one.split): one.exact for one in Outcome.objects.filter(period=period)
    }


def test_an_outcome_of_a_measure_is_entered_with_its_comment(edition, period, bring):
    number = edition.measure.number

    run = bring(csv_file(f"Nr;Kön;Utfall;Kommentar\n{number};;76,5 %;Fler svar\n"), COLUMNS)

    assert run.is_done
    assert outcomes(period) == {(number, ""): Decimal("76.5")}
    assert Outcome.objects.get().comment == "Fler svar"


def test_an_empty_cell_changes_nothing_and_is_not_zero(edition, period, bring, controller):
    services.enter_outcome(edition, period, Entry(value=Decimal(5), comment="Kvar"), by=controller)

    run = bring(csv_file(f"Nr;Kön;Utfall;Kommentar\n{edition.measure.number};;;\n"), COLUMNS)

    assert (run.state, run.changes) == ("ready", [])
    assert outcomes(period) == {(edition.measure.number, ""): 5}


def test_kolada_brings_the_whole_and_leaves_what_is_missing(edition, period, bring):
    values = [
        {"gender": "T", "value": 81.25},
        {"gender": "K", "value": None, "status": "Missing"},
        {"gender": "M", "value": None, "status": "Missing"},
    ]
    answer = {"values": [
        {"kpi": "N1", "municipality": "1440", "period": 2023, "values": values},
        {"kpi": "N1", "municipality": "1440", "period": 2022, "values": values},
        {"kpi": "N1", "municipality": "0180", "period": 2023, "values": values},
    ]}  # fmt: skip
    upload = SimpleUploadedFile("kolada.json", json.dumps(answer).encode())
    columns = {
        "measure": "kpi",
        "part": "gender",
        "municipality": "municipality",
        "year": "period",
        "value": "value",
    }
    codes = {
        ("measure", "N1"): str(edition.measure.number),
        ("municipality", "1440"): period.body.municipality.slug,
        ("municipality", "0180"): "",
        ("year", "2022"): "",
    }

    run = bring(upload, columns, codes)

    assert run.is_done
    assert outcomes(period) == {(edition.measure.number, ""): Decimal("81.25")}


#            rows                         column   what is said
FAULTY = [
    ("{nr};;många;", "C2", "This is not a number. Write it like −1 234,5."),
    ("{nr};;1,2,3;", "C2", "There are two decimal marks. Write one comma, and spaces for thousands."),
    ("{nr};;-5;", "C2", "The value cannot be below zero."),
    ("{nr};women;5;", "B2", "The measure has no part “%s”."),
    ("{nr};;5;\n{nr};;6;", "A3", "This is the same as row %s. Take one of them away, or add them together."),
    (
        "{nr};;5;\n{nr};total;6;",
        "A3",
        "This is the same as row %s. Take one of them away, or add them together.",
    ),
]


@pytest.mark.parametrize(("rows", "cell", "words"), FAULTY)
def test_what_a_measure_cannot_come_to_is_told_at_its_cell(rows, cell, words, edition, period, bring):
    text = rows.format(nr=edition.measure.number)

    run = bring(csv_file(f"Nr;Kön;Utfall;Kommentar\n{text}\n"), COLUMNS)

    [error] = run.faults
    assert said(words).partition("%s")[0] in error["message"]
    assert outcomes(period) == {}
    assert error["cell"] == f"utfall!{cell}"


def test_a_measure_that_nobody_knows_is_asked_about(edition, period, bring):
    run = bring(csv_file("Nr;Kön;Utfall;Kommentar\n999;;5;\n"), COLUMNS)

    assert run.state == "codes"
    assert [one["code"] for one in run.found["unknown"]] == ["999"]


def test_a_closed_period_takes_no_outcomes(edition, period, bring, controller):
    take_step(period, "close", by=controller)
    period.refresh_from_db()

    with pytest.raises(importing.Refused):
        bring(csv_file("Nr;Kön;Utfall;Kommentar\n1;;5;\n"), COLUMNS)


def test_the_outcomes_taken_home_are_brought_back_unchanged(edition, period, bring, controller):
    services.enter_outcome(edition, period, Entry(value=Decimal("5.25"), forecast=Decimal(6)), by=controller)
    maker = tables["measures.measures"]
    table = maker.make(period, {})
    heads = {column.key: column.head for column in table.columns}
    upload = SimpleUploadedFile("measures.xlsx", sheets.written(maker, table, "xlsx"))
    columns = {"measure": "number", "part": "part", "value": "value", "forecast": "forecast"}

    run = bring(upload, {ours: heads[theirs] for ours, theirs in columns.items()})

    assert (run.state, run.found["unknown"], run.faults, run.changes) == ("ready", [], [], [])


TOLD = {"number": "Nr", "target": "Mål", "responsible": "Ansvarig", "decimals": "Dec"}


@pytest.mark.parametrize(
    ("said", "value"), [("Ja", 1), ("nej", 0), ("1", 1)], ids=["yes", "no", "as it is kept"]
)
def test_a_measure_of_yes_or_no_takes_the_words(said, value, add_measure, period, bring):
    number = add_measure(unit="yes_no", target=Decimal(1)).measure.number

    bring(csv_file(f"Nr;Kön;Utfall;Kommentar\n{number};;{said};\n"), COLUMNS)

    assert outcomes(period) == {(number, ""): value}


def test_yes_is_no_outcome_of_a_measure_that_counts(edition, period, bring):
    run = bring(csv_file(f"Nr;Kön;Utfall;Kommentar\n{edition.measure.number};;ja;\n"), COLUMNS)

    assert [error["cell"] for error in run.faults] == ["utfall!C2"]
    assert outcomes(period) == {}


def test_new_targets_and_people_of_many_measures_come_from_a_file(
    add_measure, period, bring, case_officer, head, goal
):
    first, second = add_measure(name="Ett"), add_measure(name="Två", decimals=1)
    rows = f"{first.measure.number};90,5;{head};\n{second.measure.number};80;{case_officer};2\n"

    run = bring(csv_file(f"Nr;Mål;Ansvarig;Dec\n{rows}"), TOLD, target="measures.definitions")

    first.refresh_from_db()
    second.refresh_from_db()
    assert [(one["before"], one["after"]) for one in run.changes] == [
        ("80", "90,5"),
        (str(case_officer), str(head)),
        ("1", "2"),
    ]
    assert (first.target, first.responsible, first.name, first.goal) == (Decimal("90.5"), head, "Ett", goal)
    assert (second.target, second.responsible, second.decimals) == (80, case_officer, 2)


def test_a_name_that_is_too_long_is_told_at_its_cell(edition, bring):
    text = f"Nr;Mått\n{edition.measure.number};{'x' * 301}\n"

    run = bring(csv_file(text), {"number": "Nr", "name": "Mått"}, target="measures.definitions")

    assert [error["cell"] for error in run.faults] == ["utfall!B2"]


def test_assignments_are_changed_by_their_numbers(body, area, bring, controller, case_officer):
    given = services.give_assignment(
        body, year=2023, title="Kartlägg", giver="council", area=area, responsible=case_officer, by=controller
    )

    bring(
        csv_file("Nr;Uppdrag;Klart senast\n1;Kartlägg boende;2023-12-01\n"),
        {"number": "Nr", "title": "Uppdrag", "due_on": "Klart senast"},
        target="measures.assignments",
    )

    given.refresh_from_db()
    assert (given.title, str(given.due_on), given.responsible) == (
        "Kartlägg boende",
        "2023-12-01",
        case_officer,
    )
