"""Amounts from the ledger: which place of the cube a row is, and what is refused at its cell."""

from decimal import Decimal

import pytest

from cases.finance.models import Amount, Explanation, Grant, Line
from cases.finance.services import begin_budget
from core import sheets
from core.importing import services
from core.importing.forms import ColumnsForm
from core.importing.targets import imports
from core.models import ImportRun
from core.reading import REASONS
from core.services import take_step
from core.tables import tables
from tests.core.importing.conftest import csv_file, said, work, xlsx_file
from tests.factories import TODAY

TARGET = "finance.amounts"


@pytest.fixture
def bring(controller):
    """Return a function that takes a file in as far as it comes: bring(period, file, {"area": "Ansvar"})."""

    def run(period, upload, columns, codes=(), *, apply=True, target=TARGET, **fields):
        run = services.begin(imports[target], period, source="Ekonomisystemet", upload=upload, by=controller)
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


TWO = {"area": "Ansvar", "area_and": "Verksamhet", "line": "Konto", "actual": "Utfall"}
IN_TWO_COLUMNS = "Ansvar;Verksamhet;Konto;Utfall\n51;510;costs;5\n51;520;costs;7\n52;;costs;9\n"


def test_an_area_may_be_told_by_two_columns_and_is_asked_about_as_one_code(small, bring):
    run = bring(small.period, csv_file(IN_TWO_COLUMNS), TWO)

    assert [(one["code"], one["sums"]) for one in run.found["unknown"]] == [
        ("51 + 510", {"actual": "5"}),
        ("51 + 520", {"actual": "7"}),
        ("52", {"actual": "9"}),
    ]


def test_what_two_columns_mean_is_remembered_the_next_time(small, bring, controller):
    codes = {("area", "51 + 510"): "NO", ("area", "51 + 520"): "SO", ("area", "52"): "NO"}
    bring(small.period, csv_file(IN_TWO_COLUMNS), TWO, codes)

    again = services.begin(
        imports[TARGET],
        small.period,
        source="Ekonomisystemet",
        upload=csv_file(IN_TWO_COLUMNS),
        by=controller,
    )
    form = ColumnsForm(None, target=imports[TARGET], run=again, sheet=services.top_of(again))
    run = bring(small.period, csv_file(IN_TWO_COLUMNS.replace(";7", ";8")), TWO, apply=False)

    assert {form[name].initial for name in ("area", "area_and")} == {"Ansvar", "Verksamhet"}
    assert amounts(small.period) == {
        ("costs", "NO", "actual", 2023, 8): 14,
        ("costs", "SO", "actual", 2023, 8): 7,
    }
    assert [(one["before"], one["after"], one["cell"]) for one in run.changes] == [("7", "8", "utfall!D3")]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [({"area": "Ansvar", "area_and": "Ansvar"}, "area"), ({"area_and": "Verksamhet"}, "area_and")],
)
def test_a_second_column_without_a_first_or_twice_the_same_is_refused(
    chosen, field, small, controller, client_for
):
    run = services.begin(
        imports[TARGET], small.period, source="E", upload=csv_file(IN_TWO_COLUMNS), by=controller
    )
    sent = {"sheet": run.sheet, "head_row": run.head_row, "line": "Konto", "actual": "Utfall"} | chosen

    answer = client_for(controller).post(f"/imports/{run.pk}/columns/", sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


BUDGET = {"area": "Ansvar", "line": "Konto", "budget": "Årsbudget"}


@pytest.fixture
def budget(small, body, controller):
    return begin_budget(body, year=2024, by=controller)


def test_a_budget_is_filled_in_from_a_file_and_added_up(small, budget, bring):
    file = csv_file("Ansvar;Konto;Årsbudget\nNO;costs;-100\n51;costs;-50\nNO;income;30\n")

    run = bring(budget, file, BUDGET, {("area", "51"): "NO"}, target="finance.budget")

    assert run.is_done
    rows = budget.amounts.order_by("line__position").values_list("line__code", "area__code", "year", "kronor")
    assert list(rows) == [("income", "NO", 2024, 30), ("costs", "NO", 2024, -150)]


def test_an_account_is_no_place_of_a_budget(small, budget, body, bring):
    Line.objects.create(body=body, cut="account", code="staff", name="Personal", side="cost")

    run = bring(budget, csv_file("Ansvar;Konto;Årsbudget\n;staff;-5\n"), BUDGET, target="finance.budget")

    assert [error["cell"] for error in run.faults] == ["utfall!B2"]


def test_an_adopted_budget_takes_no_file(small, budget, controller, client_for):
    take_step(budget, "adopt", by=controller, data={"decided_on": TODAY, "decision": "§ 1"})
    budget.refresh_from_db()

    page = client_for(controller).get(f"/imports/finance.budget/{budget.pk}/").content.decode()

    assert said("%s is adopted. Begin a revised budget to change it.").partition("%s")[2] in page
    with pytest.raises(services.Refused):
        services.begin(imports["finance.budget"], budget, source="E", upload=csv_file("a;b\n"), by=controller)


@pytest.fixture
def rows(body, small):
    return [
        body.key_figures.create(table="volumes", code=code, label=label, position=place)
        for place, (code, label) in enumerate([("hushall", "Antal hushåll"), ("dygn", "Dygnskostnad")])
    ]


COUNTED = {"figure": "Rad", "actual": "Utfall", "forecast": "Prognos"}


def counted(period):
    found = period.key_figures.order_by("figure__position", "kind")
    return [(one.figure.code, one.kind, one.months, one.value, one.absent) for one in found]


def test_counted_rows_come_with_numbers_or_with_why_there_are_none(small, rows, bring):
    file = csv_file("Rad;Utfall;Prognos\nAntal hushåll;1 234,5;\nBoende;mäts inte;12\n")

    run = bring(small.period, file, COUNTED, {("figure", "Boende"): "dygn"}, target="finance.numbers")

    assert [(one["before"], one["after"]) for one in run.changes] == [
        ("", "1\xa0234,5"),
        ("", said("Not measured")),
        ("", "12"),
    ]
    assert counted(small.period) == [
        ("hushall", "actual", 8, Decimal("1234.5"), ""),
        ("dygn", "actual", 8, None, "not_measured"),
        ("dygn", "forecast", 12, 12, ""),
    ]


@pytest.mark.parametrize(("cell", "reason"), [("ungefär 5", "not_a_number"), ("1,2,3", "marks")])
def test_a_counted_cell_that_cannot_be_read_is_told_and_nothing_is_saved(cell, reason, small, rows, bring):
    run = bring(
        small.period,
        csv_file(f"Rad;Utfall;Prognos\nhushall;{cell};1\n"),
        COUNTED,
        target="finance.numbers",
    )

    assert [(one["cell"], str(REASONS[reason]) in one["message"]) for one in run.faults] == [
        ("utfall!B2", True)
    ]
    assert counted(small.period) == []


def test_a_full_years_actual_is_its_closing(small, years, bring):
    bring(years["year", 2023, 1], csv_file("Ansvar;Konto;Utfall\nNO;costs;-5\n"), {**WIDE, "forecast": ""})

    assert amounts(years["year", 2023, 1]) == {("costs", "NO", "closing", 2023, 12): -5}


@pytest.mark.parametrize(
    ("target", "file", "columns", "cell"),
    [
        ("finance.amounts", "Ansvar;Konto;Prognos\nNO;costs;-5\n", {**WIDE, "actual": ""}, "utfall!C2"),
        ("finance.numbers", "Rad;Utfall;Prognos\nhushall;4;5\n", COUNTED, "utfall!C2"),
    ],
)
def test_a_full_year_takes_no_forecast_and_says_so_at_its_cell(
    target, file, columns, cell, small, body, years, bring
):
    body.key_figures.create(table="volumes", code="hushall", label="Hushåll", unit="antal")

    run = bring(years["year", 2023, 1], csv_file(file), columns, target=target)

    assert [(one["cell"], "ingen prognos" in one["message"]) for one in run.faults] == [(cell, True)]
    assert amounts(years["year", 2023, 1]) == {}


def test_causes_are_added_and_changed_by_their_names(small, bring):
    file = "Lista;Vad;Belopp;Kommentar\nbridge;Personal;8 637 000;Vakanser\n"
    columns = {"list": "Lista", "label": "Vad", "kronor": "Belopp", "comment": "Kommentar"}
    bring(small.period, csv_file(file), columns, target="finance.explanations")

    run = bring(
        small.period,
        csv_file(file.replace("8 637 000", "-5").replace("Vakanser", "")),
        columns,
        target="finance.explanations",
    )

    assert [(one["before"], one["after"]) for one in run.changes] == [("8\xa0637\xa0000", "-5")]
    told = Explanation.objects.values_list("list", "label", "kronor", "comment")
    assert list(told) == [("bridge", "Personal", -5, "Vakanser")]


def test_a_new_grant_without_an_amount_is_told(small, bring):
    run = bring(
        small.period,
        csv_file("Slag;Namn;Belopp;Beslutas av\ngrant;Bostad först;;Socialstyrelsen\n"),
        {"kind": "Slag", "name": "Namn", "kronor": "Belopp", "decider": "Beslutas av"},
        target="finance.received",
    )

    assert [error["cell"] for error in run.faults] == ["utfall!A2"]
    assert not Grant.objects.exists()


WHO = ("controller", "head", "secretary", "case_officer", "member", "stranger")


@pytest.mark.parametrize(
    "target", ["finance.budget", "finance.numbers", "finance.explanations", "finance.received"]
)
def test_only_the_controller_brings_files(target, small, budget, client_for, request):
    subject = budget if target == "finance.budget" else small.period
    people = [request.getfixturevalue(who) for who in WHO]

    codes = [client_for(one).get(f"/imports/{target}/{subject.pk}/").status_code for one in people]

    assert codes[0] == 200
    assert set(codes[1:]) <= {403, 404}
