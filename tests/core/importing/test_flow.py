"""From file to rows: mapped, remembered, looked through, saved whole or not at all."""

from decimal import Decimal

import pytest

from cases.register.models import Fact
from core.importing import services
from core.importing.services import Refused
from core.models import Change, CodeMapping, ImportRun, Job
from core.reading import REASONS
from core.services import take_step
from tests.core.importing.conftest import csv_file, facts, said, work, xlsx_file
from tests.factories import PeriodFactory

FILE = "Ansvar;Konto;Utfall;Prognos\n51;4010;1 000,50;2 000\n51;4011;-200;0\n52;4010;30;40\n"
CHANGED = "Something has changed since you looked it through, and nothing was saved. Look once more."
CODES = {"51": "EB", "52": "BUF"}


def told(run):
    return [(error["cell"], error["message"]) for error in run.faults]


def test_unknown_codes_are_listed_with_what_their_rows_come_to(importing):
    run = importing(csv_file(FILE))

    assert run.state == "codes"
    assert run.found["unknown"] == [
        {"list": "area", "code": "51", "rows": 2, "sums": {"actual": "800.5", "forecast": "2000"}},
        {"list": "area", "code": "52", "rows": 1, "sums": {"actual": "30", "forecast": "40"}},
    ]


def test_every_change_is_shown_before_anything_is_saved(importing, period):
    run = importing(csv_file(FILE), codes=CODES)

    assert run.state == "ready"
    assert [(change["what"], change["before"], change["cell"]) for change in run.changes] == [
        ("Ekonomiskt bistånd actual", "", "utfall!C2"),
        ("Ekonomiskt bistånd forecast", "", "utfall!D2"),
        ("Barn, unga och familj actual", "", "utfall!C4"),
        ("Barn, unga och familj forecast", "", "utfall!D4"),
    ]
    assert facts(period) == {}


def test_what_was_looked_through_is_saved(importing, period, controller):
    run = importing(csv_file(FILE), codes=CODES, apply=True)

    assert (run.state, run.applied_by) == ("done", controller)
    assert facts(period) == {
        "EB.actual": Decimal("800.5"),
        "EB.forecast": 2000,
        "BUF.actual": 30,
        "BUF.forecast": 40,
    }


def test_the_history_names_who_imported_and_from_which_file(importing, controller):
    importing(csv_file(FILE), codes=CODES, apply=True)

    change = Change.objects.filter(table="register_fact").latest("pk")
    assert (change.by, change.reason) == (controller, "Ekonomisystemet: utfall.csv")


def test_the_same_file_again_changes_nothing(importing, period):
    importing(csv_file(FILE), codes=CODES, apply=True)
    before = Change.objects.filter(table="register_fact").count()

    run = importing(csv_file(FILE))

    assert (run.state, run.changes, run.may_be_applied) == ("ready", [], False)
    assert Change.objects.filter(table="register_fact").count() == before


def test_a_job_that_is_done_twice_saves_once(importing, controller):
    run = importing(csv_file(FILE), codes=CODES, apply=True)
    saved = Fact.objects.count()

    again = services.apply(run, services.sheet_of(run), by=controller, reason="")

    assert (again, Fact.objects.count()) == (False, saved)


def test_columns_and_codes_are_remembered_for_the_source_and_the_year(importing):
    importing(csv_file(FILE), codes=CODES, apply=True)

    run = importing(xlsx_file(["Ansvar", "Konto", "Utfall"], [51, 4010, 7], [52, 4010, 8]))

    assert [(change["before"], change["after"]) for change in run.changes] == [("801", "7"), ("30", "8")]


def test_next_year_begins_with_what_this_year_said(importing, body):
    run = importing(csv_file(FILE), codes=CODES, apply=True)
    later = PeriodFactory(body=body, year=2024, number=2)

    again = services.begin(
        services.imports["test.amounts"], later, source="Ekonomisystemet", upload=csv_file(FILE), by=run.by
    )
    services.set_columns(
        again, sheet=again.sheet, head_row=1, chosen={"area": "Ansvar", "actual": "Utfall"}, by=run.by
    )
    work()

    again.refresh_from_db()
    assert again.found["unknown"] == []
    assert CodeMapping.objects.filter(year=2024).count() == 0


def test_another_source_has_codes_of_its_own(importing, period, controller, target):
    importing(csv_file(FILE), codes=CODES, apply=True)

    run = services.begin(target, period, source="Lönesystemet", upload=csv_file(FILE), by=controller)
    services.set_columns(
        run, sheet=run.sheet, head_row=1, chosen={"area": "Ansvar", "actual": "Utfall"}, by=controller
    )
    work()

    run.refresh_from_db()
    assert [one["code"] for one in run.found["unknown"]] == ["51", "52"]


def test_what_is_called_as_ours_needs_no_explanation(importing):
    run = importing(csv_file("Ansvar;Utfall\nekonomiskt bistånd;1\nBUF;2\n"))

    assert (run.state, len(run.changes)) == ("ready", 2)


def test_rows_of_a_code_that_is_left_out_are_not_read_and_still_told(importing):
    text = "Ansvar;Utfall\nEB;1\nSumma;1\n;\n;5\n"

    run = importing(csv_file(text), codes={"Summa": "", "": ""})

    assert run.left_out == [
        {"list": "area", "code": "Summa", "rows": 1, "sums": {"actual": "1"}},
        {"list": "area", "code": "", "rows": 1, "sums": {"actual": "5"}},
    ]
    assert (run.rows, len(run.changes)) == (1, 1)


# What cannot be read -----------------------------------------------------------------------------

#            rows below the headings              cell  what is said
FAULTY = [
    (["EB;4010;tolv;"], "C2", REASONS["not_a_number"]),
    (["EB;4010;1,234,5;"], "C2", REASONS["marks"]),
    (["EB;4010;1.234;"], "C2", REASONS["points"]),
    (["EB;4010;1,2345;"], "C2", REASONS["decimals"]),
    (["EB;4010;8,0 %;"], "C2", REASONS["percent"]),
    (["EB;4010;;5"], "C2", "This cell is empty. Every row needs “%s”."),
    (
        ["EB;4010;1;", "BUF;4010;1;", "EB;4010;2;"],
        "A4",
        "This is the same as row %s. Take one of them away, or add them together.",
    ),
    (
        ["EB;19121212-1212;1;"],
        "B2",
        "A personal number stands here. Take it out of the file, and upload it anew.",
    ),
]


@pytest.mark.parametrize(("rows", "cell", "words"), FAULTY)
def test_a_bad_cell_is_told_with_its_place_and_nothing_can_be_saved(
    rows, cell, words, importing, period, controller
):
    run = importing(csv_file("Ansvar;Konto;Utfall;Prognos\n" + "\n".join(["BUF;1;1;1", *rows][1:])))

    [(place, message)] = told(run)
    assert place == f"utfall!{cell}"
    assert said(str(words)).partition("%")[0] in message
    assert "1912" not in message
    with pytest.raises(Refused):
        services.confirm(run, by=controller)
    assert facts(period) == {}


def test_every_bad_cell_is_told_at_once(importing):
    run = importing(csv_file("Ansvar;Utfall\nEB;a\nBUF;b\nEB;3\n"))

    assert [cell for cell, _message in told(run)] == ["utfall!B2", "utfall!B3", "utfall!A4"]


def test_a_formula_without_value_stops_the_import_at_its_cell(importing):
    run = importing(xlsx_file(["Ansvar", "Utfall"], ["EB", "=1+1"]))

    assert told(run) == [("Blad1!B2", said("The formula has no value. Open the file in Excel and save it."))]


def test_a_date_in_a_column_of_numbers_is_told(importing):
    run = importing(xlsx_file(["Ansvar", "Utfall"], ["EB", "2023-08-31"]))

    assert [cell for cell, _message in told(run)] == ["Blad1!B2"]


def test_what_a_spreadsheet_computed_is_rounded_to_what_we_keep(importing, period):
    run = importing(xlsx_file(["Ansvar", "Utfall"], ["EB", 1 / 3]), apply=True)

    assert run.is_done
    assert facts(period) == {"EB.actual": Decimal("0.33")}


# Control total -----------------------------------------------------------------------------------


def test_a_control_total_that_is_right_lets_the_import_go_on(importing):
    run = importing(csv_file(FILE), codes=CODES, control_key="actual", control_total=Decimal("830.5"))

    assert (run.control["differs"], run.may_be_applied) == (False, True)


def test_a_control_total_that_differs_stops_it_and_says_by_how_much(importing, controller):
    run = importing(
        csv_file(FILE), codes=CODES | {"52": ""}, control_key="actual", control_total=Decimal("830.5")
    )

    assert (run.control["difference"], run.may_be_applied) == ("-30,0", False)
    with pytest.raises(Refused):
        services.confirm(run, by=controller)


def test_a_control_total_in_whole_kronor_is_compared_in_whole_kronor(importing):
    run = importing(csv_file(FILE), codes=CODES, control_key="actual", control_total=Decimal(831))

    assert not run.control["differs"]


# All or nothing ----------------------------------------------------------------------------------


def test_nothing_can_be_imported_to_a_closed_period(importing, period, controller, target):
    run = importing(csv_file(FILE), codes=CODES)
    shut = take_step(period, "close", by=controller)

    with pytest.raises(Refused, match="stängd"):
        services.confirm(run, by=controller)
    with pytest.raises(Refused, match="stängd"):
        services.begin(target, shut, source="E", upload=csv_file(FILE), by=controller)


def test_a_period_that_is_closed_while_the_job_waits_takes_nothing(importing, period, controller):
    run = importing(csv_file(FILE), codes=CODES)
    services.confirm(run, by=controller)
    take_step(period, "close", by=controller)
    work()

    run.refresh_from_db()
    assert (run.state, run.problem, facts(period)) == ("ready", "Perioden är stängd.", {})


def test_what_changed_after_it_was_looked_through_is_looked_through_again(importing, period, controller):
    run = importing(csv_file(FILE), codes=CODES)
    other = importing(csv_file(FILE.replace("30;", "31;")), apply=True)
    services.confirm(run, by=controller)
    work()

    run.refresh_from_db()
    assert other.is_done
    assert (run.state, run.problem == said(CHANGED)) == ("ready", True)
    assert [(change["before"], change["after"]) for change in run.changes] == [("31", "30")]
    assert facts(period)["BUF.actual"] == 31


def test_a_failure_while_saving_leaves_everything_as_it_was(importing, period, controller, target):
    def breaks(plan, context):
        Fact.objects.filter(period=period).delete()
        raise RuntimeError

    importing(csv_file(FILE), codes=CODES, apply=True)
    run = importing(csv_file(FILE.replace("30;", "31;")))
    object.__setattr__(target, "apply", breaks)
    services.confirm(run, by=controller)
    work()

    assert len(facts(period)) == 4
    assert Job.objects.latest("pk").state == "failed"


def test_an_import_that_was_not_saved_is_thrown_away_with_its_file(importing, controller):
    run = importing(csv_file(FILE))
    name, storage = run.file.name, run.file.storage

    services.drop(run, by=controller)

    assert not ImportRun.objects.exists()
    assert not storage.exists(name)


def test_an_import_that_was_saved_stays(importing, controller):
    run = importing(csv_file(FILE), codes=CODES, apply=True)

    with pytest.raises(Refused):
        services.drop(run, by=controller)


def test_a_file_that_cannot_be_read_whole_goes_back_to_its_columns_with_the_reason(importing):
    def far_down(book):
        book.active.cell(20_001, 1, "EB")

    run = importing(xlsx_file(["Ansvar", "Utfall"], ["EB", 1], prepare=far_down))

    assert (run.state, "20\xa0000" in run.problem) == ("columns", True)
