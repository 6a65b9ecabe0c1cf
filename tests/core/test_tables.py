"""Tables as files: what stands in them, and what a spreadsheet makes of it."""

import csv
import datetime as dt
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core import sheets, tables
from core.registry import NotRegistered
from core.tables import Table, TableColumn
from tests.factories import PeriodFactory

COLUMNS = [
    TableColumn("area", "Verksamhet"),
    TableColumn("forecast", "Prognos", "number", unit="kr"),
    TableColumn("share", "Andel", "percent", unit="%", decimals=1),
    TableColumn("on", "Dag", "date"),
]
ROWS = [
    ["Ekonomiskt bistånd", Decimal("-720512.37"), "8.04", dt.date(2023, 8, 31)],
    ["=HYPERLINK(1)", 19539000, "not measured", "2023-01-02"],
    ["-", None, None, None],
]
TABLE = Table(COLUMNS, ROWS)


@pytest.fixture
def maker():
    """A registered table about a period, whose rows name it."""
    name = "test.operating"
    make = tables.table(name, subject="committee.Period", label="Driftredovisning")(
        lambda period, options: Table(COLUMNS, [[str(period), 1, None, None]])
    )
    yield tables.tables[name]
    del tables.tables._entries[name], make


def workbook(table):
    return load_workbook(BytesIO(sheets.write_xlsx(table, "Drift [1/2]"))).active


def csv_rows(table):
    return list(csv.reader(StringIO(sheets.write_csv(table, "").decode("utf-8-sig")), delimiter=";"))


def test_a_workbook_holds_unrounded_numbers_and_dates_and_not_their_texts():
    sheet = workbook(TABLE)

    assert [cell.value for cell in sheet[2]] == [
        "Ekonomiskt bistånd",
        -720512.37,
        8.04,
        dt.datetime.fromisoformat("2023-08-31"),
    ]
    assert [cell.number_format for cell in sheet[2]][1:] == ["#,##0", "#,##0.0", "yyyy-mm-dd"]


def test_the_head_of_a_workbook_says_the_unit_and_stays_in_sight():
    sheet = workbook(TABLE)

    assert [cell.value for cell in sheet[1]] == ["Verksamhet", "Prognos (kr)", "Andel (%)", "Dag"]
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Drift  1 2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_text_is_never_a_formula(text):
    table = Table([TableColumn("text", "Text")], [[text]])

    cell = workbook(table)["A2"]

    assert (cell.data_type, cell.value) == ("s", text)
    assert csv_rows(table)[1] == [f"'{text}"]
    assert sheets.armed(f"'{text}") == text


def test_marks_that_no_workbook_may_hold_are_left_out():
    assert workbook(Table([TableColumn("text", "Text")], [["a\x00b"]]))["A2"].value == "ab"


def test_a_csv_file_is_what_a_swedish_spreadsheet_opens():
    content = sheets.write_csv(TABLE, "")

    assert content.startswith(b"\xef\xbb\xbfVerksamhet;Prognos (kr);")
    assert csv_rows(TABLE)[1:] == [
        ["Ekonomiskt bistånd", "-720512,37", "8,04", "2023-08-31"],
        ["'=HYPERLINK(1)", "19539000", "not measured", "2023-01-02"],
        ["'-", "", "", ""],
    ]


def test_a_table_answers_to_its_last_word_where_only_one_does(maker):
    assert tables.called("operating") == tables.called("test.operating") == maker


def test_a_word_that_two_tables_end_with_names_neither(maker):
    twin = tables.table("twin.operating", subject="committee.Period", label="")(lambda *_: TABLE)

    with pytest.raises(NotRegistered):
        tables.called("operating")

    assert twin
    del tables.tables._entries["twin.operating"]


#            words               kind       number
PERIODS = [
    ("delar2", "interim", 2),
    ("delår1", "interim", 1),
    ("helar", "year", 1),
    ("kvartal3", "quarter", 3),
    ("manad3", "month", 3),
]


@pytest.mark.parametrize(("word", "kind", "number"), PERIODS)
def test_a_command_line_names_a_period(word, kind, number, maker, body, tmp_path):
    PeriodFactory(body=body, kind=kind, number=number)
    out = tmp_path / "file.csv"

    call_command("export", "operating", "sn", "2023", word, format="csv", out=out)

    period = body.periods.get()
    assert out.read_text("utf-8-sig").splitlines()[1] == f"{period};1;;"


@pytest.mark.parametrize("words", ["SN 2023 delar2", "SN 2023 tertial1", "SN tjugo delar1", "SN 2023"])
def test_a_period_that_is_not_there_is_said_to_be_so(words, maker, body, tmp_path):
    PeriodFactory(body=body, kind="interim", number=1)

    with pytest.raises(CommandError, match=words):
        call_command("export", "operating", *words.split(), out=tmp_path / "file")

    assert list(tmp_path.glob("file*")) == []


def test_a_table_that_is_not_there_is_said_to_be_so_with_those_that_are(maker, tmp_path):
    with pytest.raises(CommandError, match="“nothing”.*test.operating"):
        call_command("export", "nothing", "SN", out=tmp_path / "file")
