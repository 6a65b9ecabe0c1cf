"""Amounts from the ledger: which place of the cube a row is, and what is refused at its cell."""

from decimal import Decimal

import pytest

from cases.finance.models import Amount, Line
from core import sheets
from core.importing import services
from core.importing.targets import imports
from core.models import ImportRun
from core.reading import REASONS
from core.services import take_step
from core.tables import tables
from tests.core.importing.conftest import csv_file, said, work, xlsx_file

TARGET = "finance.amounts"


@pytest.fixture
def bring(controller):
    """Return a function that takes a file in as far as it comes: bring(period, file, {"area": "Ansvar"})."""

    def run(period, upload, columns, codes=(), *, apply=True, **fields):
        run = services.begin(imports[TARGET], period, source="Ekonomisystemet", upload=upload, by=controller)
        services.set_columns(
            run, sheet=run.sheet, head_row=run.head_row, chosen=columns, by=controller, **fields
        )
        work()
        run.refresh_from_db()
        if codes:
            services.set_codes(run, chosen=dict(codes), by=controller)
            work()
            run.refresh_from_db()
        if apply and run.may_be_applied:
            services.confirm(run, by=controller)
            work()
        return ImportRun.objects.get(pk=run.pk)

    return run


def amounts(period):
    """Return what a period reports, by line, area, kind, year and months."""
    rows = Amount.objects.filter(reported_in=period).select_related("line", "area")
    return {
        (row.line.code, row.area.code if row.area else "", row.kind, row.year, row.months): row.kronor
        for row in rows
    }


def everything(period):
    """Return every place of the cube that a period reports, and how much."""
    rows = Amount.objects.filter(reported_in=period)
    return set(rows.values_list("line", "area", "project", "kind", "year", "months", "kronor"))


LEDGER = [
    ["Driftredovisning", None, None, None],
    ["Ansvar", "Konto", "Utfall", "Prognos"],
    [5101, "3 Intäkter", -1000.5, -1500],
    [5101, "4 Köp", 800, 1200],
    [5101, "5 Personal", 200, 300],
    [5102, "5 Personal", 70, 100],
    ["Summa", None, 69.5, 100],
]
WIDE = {"area": "Ansvar", "line": "Konto", "actual": "Utfall", "forecast": "Prognos"}
CODES = {
    ("area", "5101"): "NO",
    ("area", "5102"): "SO",
    ("area", "Summa"): "",
    ("line", "3 Intäkter"): "income",
    ("line", "4 Köp"): "costs",
    ("line", "5 Personal"): "costs",
}


def test_a_ledgers_rows_are_added_up_by_area_and_line(small, bring):
    run = bring(small.period, xlsx_file(*LEDGER), WIDE, CODES, turns_signs=True)

    assert run.is_done
    assert amounts(small.period) == {
        ("income", "NO", "actual", 2023, 8): Decimal("1000.5"),
        ("income", "NO", "forecast", 2023, 12): 1500,
        ("costs", "NO", "actual", 2023, 8): -1000,
        ("costs", "NO", "forecast", 2023, 12): -1500,
        ("costs", "SO", "actual", 2023, 8): -70,
        ("costs", "SO", "forecast", 2023, 12): -100,
    }


def test_each_change_says_what_it_was_and_what_it_becomes(small, bring):
    bring(small.period, xlsx_file(*LEDGER), WIDE, CODES, turns_signs=True)
    later = [*LEDGER[:4], [5101, "5 Personal", 201, 300], *LEDGER[5:]]

    run = bring(small.period, xlsx_file(*later), WIDE, apply=False, turns_signs=True)

    [change] = run.changes
    assert change["what"].startswith("Norra · ")
    assert (change["before"], change["after"], change["cell"]) == ("-1\xa0000", "-1\xa0001", "Blad1!C4")


def test_the_same_ledger_again_changes_nothing(small, bring):
    bring(small.period, xlsx_file(*LEDGER), WIDE, CODES, turns_signs=True)

    run = bring(small.period, xlsx_file(*LEDGER), WIDE, turns_signs=True)

    assert (run.state, run.changes) == ("ready", [])


def test_amounts_by_account_are_added_up_over_the_areas(small, bring, body):
    Line.objects.create(body=body, cut="account", code="staff", name="Personal", side="cost", position=9)
    codes = CODES | {("line", "3 Intäkter"): "", ("line", "4 Köp"): "", ("line", "5 Personal"): "staff"}

    bring(small.period, xlsx_file(*LEDGER), WIDE, codes)

    assert amounts(small.period) == {
        ("staff", "", "actual", 2023, 8): 270,
        ("staff", "", "forecast", 2023, 12): 400,
    }


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_was_exported_is_imported_back_unchanged(format, money, bring):
    maker = tables["finance.amounts"]
    before = everything(money.autumn)
    upload = csv_file("", name=f"amounts.{format}")
    upload.file.write(sheets.written(maker, maker.make(money.autumn, {}), format))
    upload.size = upload.file.tell()
    heads = [column.head for column in maker.make(money.autumn, {}).columns]
    columns = dict(zip(["area", "project", "line", "kind", "year", "months", "kronor"], heads, strict=True))

    same = bring(money.autumn, upload, columns)
    Amount.objects.filter(reported_in=money.autumn).delete()
    upload.seek(0)
    back = bring(money.autumn, upload, columns)

    assert (same.state, same.found["unknown"], same.faults, same.changes) == ("ready", [], [], [])
    assert back.is_done
    assert everything(money.autumn) == before


#            row                          cell     what is said, or its reason
FAULTY = [
    ("NO;costs;tolv;1", "C2", REASONS["not_a_number"]),
    ("NO;costs;1,2,3;1", "C2", REASONS["marks"]),
    ("NO;costs;5 %;1", "C2", REASONS["percent"]),
    (";costs;5;1", "B2", "“%s” is divided by area: the row needs an area."),
    ("NO;investments;5;1", "B2", "“%s” is divided by project: the row needs a project."),
    (
        "SO;costs;5;1\nSO;costs;6;1",
        "A3",
        "This is the same as row %s. Take one of them away, or add them together.",
    ),
]


@pytest.mark.parametrize(("rows", "cell", "words"), FAULTY)
def test_what_has_no_place_is_told_at_its_cell_and_nothing_is_saved(rows, cell, words, small, bring):
    run = bring(small.period, csv_file(f"Ansvar;Konto;Utfall;Prognos\n{rows}\nSO;income;1;1\n"), WIDE)

    [error] = run.faults
    assert error["cell"] == f"utfall!{cell}"
    assert said(str(words)).rpartition("%s")[2] in error["message"]
    assert amounts(small.period) == {}


def test_an_unknown_area_is_asked_about_with_its_sum(small, bring):
    run = bring(
        small.period, csv_file("Ansvar;Konto;Utfall\nVÄ;costs;5\nVÄ;income;7,50\n"), {**WIDE, "forecast": ""}
    )

    assert (run.state, amounts(small.period)) == ("codes", {})
    assert run.found["unknown"] == [{"list": "area", "code": "VÄ", "rows": 2, "sums": {"actual": "12.5"}}]


def test_an_amount_of_no_kind_is_told_at_its_cell(small, bring):
    run = bring(
        small.period,
        csv_file("Ansvar;Konto;Belopp\nNO;costs;5\n"),
        {"area": "Ansvar", "line": "Konto", "kronor": "Belopp"},
    )

    assert [error["cell"] for error in run.faults] == ["utfall!C2"]


def test_a_closed_period_takes_no_file(small, controller):
    shut = take_step(small.period, "close", by=controller)

    with pytest.raises(
        services.Refused, match=said("%s is closed. Ask the controller to open it again.").partition("%s")[2]
    ):
        services.begin(imports[TARGET], shut, source="E", upload=csv_file("a;b\n1;2\n"), by=controller)
