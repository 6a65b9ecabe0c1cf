"""Files as they come: what is read from them, and which are refused."""

import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import numbers

from core.importing import files
from core.importing.cells import Unacceptable
from core.importing.heads import head_row, headings
from tests.core.importing.conftest import csv_file, xlsx_file


@pytest.fixture(autouse=True)
def _words():
    """Messages as they are written in the code."""
    with translation.override("en"):
        yield


def read(upload):
    """Return the first sheet of an uploaded file."""
    kind = files.kind_of(upload, upload.size)
    name = files.sheet_names(upload, kind, upload.name)[0]
    return files.read(upload, kind, name)


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


#            encoding
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_text_file_is_read_whatever_its_letters_and_separators(mark, encoding):
    upload = csv_file(
        f"Ansvar{mark}Kommentar\n51{mark}Å, ä; ö\n".replace("Å, ä; ö", "Åäö"), encoding=encoding
    )

    assert texts(read(upload)) == [["Ansvar", "Kommentar"], ["51", "Åäö"]]


def test_a_decimal_comma_does_not_make_a_comma_the_separator():
    upload = csv_file("Ansvar;Utfall\n51;1 234,50\n52;-3,5\n")

    assert texts(read(upload))[1] == ["51", "1 234,50"]


def test_a_workbook_gives_numbers_dates_and_codes_as_they_are_meant():
    def prepare(book):
        book.active["C2"].number_format = numbers.FORMAT_PERCENTAGE

    row = [4010, 1234.5, 0.08, dt.date(2023, 8, 31), True, "0040", 0.1 + 0.2]
    sheet = read(xlsx_file(["a", "b", "c", "d", "e", "f", "g"], row, prepare=prepare))

    cells = sheet.rows[1]
    assert [cell.value for cell in cells] == [
        Decimal(4010),
        Decimal("1234.5"),
        Decimal(8),
        dt.date(2023, 8, 31),
        True,
        "0040",
        Decimal("0.3"),
    ]
    assert [cell.text for cell in cells[:1]] == ["4010"]
    assert cells[2].percent


def test_a_formula_that_was_never_computed_is_told_and_never_taken_for_nothing():
    sheet = read(xlsx_file(["Ansvar", "Utfall"], ["51", "=SUM(B3:B9)"]))

    assert "Excel" in sheet.at(2, 2).fault
    assert not sheet.at(2, 2).is_empty


def test_an_error_of_excels_is_told():
    def prepare(book):
        book.active["B2"].value = "#REF!"
        book.active["B2"].data_type = "e"

    assert "#REF!" in read(xlsx_file(["a", "b"], ["51", 1], prepare=prepare)).at(2, 2).fault


def test_hidden_sheets_are_not_offered():
    def prepare(book):
        book.create_sheet("Dold").sheet_state = "hidden"
        book.create_sheet("Blad2")

    upload = xlsx_file(["a", "b"], prepare=prepare)

    assert files.sheet_names(upload, "xlsx", upload.name) == ["Blad1", "Blad2"]


def test_the_headings_are_found_below_titles_and_merged_cells():
    def prepare(book):
        book.active.merge_cells("A1:D1")

    sheet = read(
        xlsx_file(
            ["Driftredovisning januari–augusti 2023"],
            ["Utskrivet", dt.date(2023, 9, 4)],
            [],
            ["Ansvar", "Konto", "Utfall", "Utfall"],
            ["51", 4010, 1234, 5],
            prepare=prepare,
        )
    )

    assert head_row(sheet) == 4
    assert headings(sheet, 4) == {1: "Ansvar", 2: "Konto", 3: "Utfall", 4: "Utfall #2"}
    assert sheet.place(5, 3) == "Blad1!C5"


def test_years_may_be_headings():
    assert head_row(read(xlsx_file(["Verksamhet", 2022, 2023], ["EB", 19539, 18000]))) == 1


# Hostile files ----------------------------------------------------------------------------------


def packed(**entries):
    """Return a zip of the names and texts given."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "/"), text)
    return content


def changed(upload, change):
    """Return a workbook whose parts went through `change(name, content)`."""
    new = BytesIO()
    with zipfile.ZipFile(upload) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, change(name, old.read(name)))
    return new


def as_upload(content):
    content.name, content.size = "utfall.xlsx", len(content.getvalue())
    return content


def test_a_zip_that_grows_is_refused_before_it_is_opened():
    bomb = changed(xlsx_file(["a"]), lambda name, part: part)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 60_000_000)

    with pytest.raises(Unacceptable, match="too large"):
        read(as_upload(bomb))


def test_a_workbook_with_programs_is_refused():
    macros = changed(xlsx_file(["a"]), lambda name, part: part)
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub")

    with pytest.raises(Unacceptable, match="macros"):
        read(as_upload(macros))


def test_entities_that_grow_are_refused():
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    evil = changed(xlsx_file(["a"]), lambda name, part: lol + part if name.endswith("sheet1.xml") else part)

    with pytest.raises(Unacceptable, match="spreadsheet program"):
        read(as_upload(evil))


def test_a_row_number_from_nowhere_costs_nothing():
    far = changed(
        xlsx_file(["Ansvar", "Utfall"], ["51", 1]),
        lambda name, part: part.replace(b'r="2"', b'r="1048576"') if name.endswith("sheet1.xml") else part,
    )

    with pytest.raises(Unacceptable, match="rows"):
        read(as_upload(far))


#            name              content
HOSTILE = [
    ("utfall.csv", b"Ansvar;Utfall\n51;1\x00\n"),
    ("utfall.xlsx", b"%PDF-1.7 ..."),
    ("utfall.xlsx", b"PK\x03\x04 and then nothing"),
    ("utfall.csv", b"\x89PNG\r\n\x1a\n"),
    ("utfall.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"old"),
    ("utfall.csv", b"  \n "),
    ("utfall.xls", b"<html><table><tr><td>51"),
    ("utfall.csv", b"\xff\xfea"),
    ("utfall.csv", b"Ansvar;\x81\x8d\x8f"),
    ("utfall.json", b'{"values": [{"kpi": 1}]}'),
    ("utfall.json", b"[[[[" * 10_000),
]


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_what_is_no_table_is_refused_with_a_sentence(name, content):
    upload = BytesIO(content)
    upload.name, upload.size = name, len(content)

    with pytest.raises(Unacceptable) as refused:
        read(upload)

    assert str(refused.value).endswith(".")


def test_another_archive_under_the_right_name_is_refused():
    with pytest.raises(Unacceptable):
        read(as_upload(packed(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<x/>"})))


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(Unacceptable, match="10 MB"):
        files.kind_of(BytesIO(b"a;b"), 11 * 1024 * 1024)


def test_too_many_rows_are_refused():
    with pytest.raises(Unacceptable, match="20"):
        read(csv_file("a;b\n" * 20_001))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    upload = BytesIO(content)
    upload.name, upload.size = "x.csv", len(content)

    try:
        sheet = read(upload)
    except Unacceptable:
        return

    assert 1 <= head_row(sheet) <= max(1, len(sheet.rows))
