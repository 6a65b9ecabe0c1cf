"""Tables as files: what stands in them, and what a spreadsheet makes of it."""

import csv
import datetime as dt
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.text import slugify
from openpyxl import load_workbook

from core import downloads, jobs, sheets, tables
from core.models import Job
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
    name = "test.driftprov"
    make = tables.table(name, subject="committee.Period", label="Driftredovisning")(
        lambda period, options: Table(COLUMNS, [[str(period), 1, None, None]])
    )
    yield tables.tables[name]
    del tables.tables._entries[name], make


def workbook(table):
    return load_workbook(BytesIO(sheets.WRITERS["xlsx"](table, "Drift [1/2]"))).active


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
    assert tables.called("driftprov") == tables.called("test.driftprov") == maker


def test_a_word_that_two_tables_end_with_names_neither(maker):
    twin = tables.table("twin.driftprov", subject="committee.Period", label="")(lambda *_: TABLE)

    with pytest.raises(NotRegistered):
        tables.called("driftprov")

    assert twin
    del tables.tables._entries["twin.driftprov"]


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

    call_command("export", "driftprov", "sn", "2023", word, format="csv", out=out)

    period = body.periods.get()
    assert out.read_text("utf-8-sig").splitlines()[1] == f"{period};1;;"


@pytest.mark.parametrize("words", ["SN 2023 delar2", "SN 2023 tertial1", "SN tjugo delar1", "SN 2023"])
def test_a_period_that_is_not_there_is_said_to_be_so(words, maker, body, tmp_path):
    PeriodFactory(body=body, kind="interim", number=1)

    with pytest.raises(CommandError, match=words):
        call_command("export", "driftprov", *words.split(), out=tmp_path / "file")

    assert list(tmp_path.glob("file*")) == []


def test_a_table_that_is_not_there_is_said_to_be_so_with_those_that_are(maker, tmp_path):
    with pytest.raises(CommandError, match="“nothing”.*test.driftprov"):
        call_command("export", "nothing", "SN", out=tmp_path / "file")


# Handed out --------------------------------------------------------------------------------------


@pytest.fixture
def period(body):
    return PeriodFactory(body=body)


def test_a_small_table_is_handed_out_at_once(maker, period, member, client_for):
    response = client_for(member).get(f"/tables/test.driftprov/{period.pk}.csv")

    assert response.getvalue().decode("utf-8-sig").splitlines()[1] == f"{period};1;;"
    assert response["Content-Disposition"] == f'attachment; filename="driftredovisning-{slugify(period)}.csv"'


def test_a_workbook_is_handed_out_at_once(maker, period, member, client_for):
    response = client_for(member).get(f"/tables/test.driftprov/{period.pk}.xlsx")

    assert load_workbook(BytesIO(response.content)).active["A2"].value == str(period)


@pytest.mark.parametrize("address", ["test.driftprov/{pk}.csv", "test.driftprov/{pk}.xlsx"])
def test_a_table_is_for_who_sees_what_it_is_about(address, maker, period, stranger, client_for):
    assert client_for(stranger).get(f"/tables/{address.format(pk=period.pk)}").status_code == 404


def test_a_table_may_ask_for_more_than_that_one_sees_its_subject(period, member, client_for):
    tables.table(
        "test.working", subject="committee.Period", label="Arbetssiffror", permission="committee.close_period"
    )(lambda *_: TABLE)
    address = f"/tables/test.working/{period.pk}.csv"

    assert client_for(member).get(address).status_code == 403

    del tables.tables._entries["test.working"]


@pytest.mark.parametrize("address", ["test.nothing/1.csv", "test.driftprov/1.exe", "test.driftprov/0.csv"])
def test_what_is_no_table_is_not_found(address, maker, member, client_for):
    assert client_for(member).get(f"/tables/{address}").status_code == 404


@pytest.fixture
def large(maker, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_AT_ONCE", 0)


def test_a_large_table_is_made_in_the_background_for_who_asked(large, period, member, head, client_for):
    browser = client_for(member)

    response = browser.get(
        f"/tables/test.driftprov/{period.pk}.csv", headers={"Referer": "http://testserver/cases/?q=1"}
    )
    job = Job.objects.get()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert response["Location"] == "http://testserver/cases/?q=1"
    assert b"".join(browser.get(job.address)).decode("utf-8-sig").splitlines()[1] == f"{period};1;;"
    assert client_for(head).get(job.address).status_code == 404


def test_who_came_from_elsewhere_is_not_sent_back_there(large, period, member, client_for):
    response = client_for(member).get(
        f"/tables/test.driftprov/{period.pk}.csv", headers={"Referer": "https://evil.example/"}
    )

    assert response["Location"] == "/"


def test_a_file_made_in_the_background_is_kept_for_a_day(maker, period, member):
    kept = downloads.write(maker, period, "csv", {}, by=member)

    assert downloads.forget(kept.made_at + dt.timedelta(hours=23)) == 0
    assert downloads.forget(kept.made_at + dt.timedelta(hours=25)) == 1
    assert not kept.file.storage.exists(kept.file.name)
