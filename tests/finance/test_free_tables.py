"""Tables that nothing else models: pasted from Excel, changed, taken home and pasted back."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.finance import pasting, services
from cases.finance.models import FreeTable

PASTED = "Kostnad\tAntal\tBelopp (tkr)\tAndel\nTomhyror\t14\t1 236\t8,4 %\nReparationer\t9\t742\t5,4 %"


def new(period):
    return f"/finance/periods/{period.pk}/tables/new/"


def test_a_table_is_pasted_from_excel_with_the_kinds_of_its_columns(small, client_for, controller):
    client_for(controller).post(new(small.period), {"title": "Tomhyror", "pasted": PASTED, "sums": "on"})

    table = FreeTable.objects.get()
    assert [(one["label"], one["kind"]) for one in table.columns] == [
        ("Kostnad", "text"),
        ("Antal", "number"),
        ("Belopp", "number"),
        ("Andel", "percent"),
    ]
    assert table.rows[0] == ["Tomhyror", "14", "1236", "8.4"]


@pytest.fixture
def rents(small, controller):
    heads, *rows = [line.split("\t") for line in PASTED.splitlines()]
    columns = pasting.columns_of(heads, rows, adds=True)
    return services.keep_free_table(
        small.period, title="Tomhyror", columns=columns, rows=rows, note="Preliminärt.", by=controller
    )


def as_excel_copies(content):
    """Return the cells of a workbook as Excel puts them where one pastes: by tab, with a decimal comma."""
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return "\n".join(
        "\t".join(str("" if cell is None else cell).replace(".", ",") for cell in row) for row in rows
    )


def test_a_table_that_is_taken_home_and_pasted_over_itself_is_unchanged(rents, client_for, controller):
    client = client_for(controller)
    file = client.get(f"/tables/finance.free/{rents.pk}.xlsx").content
    before = (rents.key, rents.title, rents.columns, rents.rows, rents.note)

    client.post(
        f"/finance/tables/{rents.pk}/",
        {"title": "Tomhyror", "pasted": as_excel_copies(file), "sums": "on", "note": "Preliminärt."},
    )

    after = FreeTable.objects.get()
    assert (after.key, after.title, after.columns, after.rows, after.note) == before


def test_the_page_of_a_table_shows_it_as_it_would_be_pasted(rents, client_for, controller):
    client, url = client_for(controller), f"/finance/tables/{rents.pk}/"
    shown = client.get(url).context["form"].initial

    client.post(url, {**shown, "title": "Hyror utan hyresgäst", "sums": "on"})

    after = FreeTable.objects.get()
    assert (after.title, after.columns, after.rows) == ("Hyror utan hyresgäst", rents.columns, rents.rows)


def test_a_new_table_does_not_take_the_place_of_another_of_its_name(rents, client_for, controller):
    page = client_for(controller).post(new(rents.period), {"title": "Tomhyror", "pasted": "a\tb\n1\t2"})

    assert "finns redan en tabell" in page.content.decode()
    assert FreeTable.objects.get().rows == rents.rows


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (PASTED.replace("742", "många"), "Belopp, rad 2"),
        ("Bara en rad", "minst två kolumner"),
        ("a\tb\n1\t2\t3", "fler celler"),
    ],
)
def test_a_pasted_table_that_cannot_be_read_says_where(pasted, said, small, client_for, controller):
    pasted = pasted.replace("Reparationer\t9", "Reparationer\t9") + (
        "\nSanering\t6\t318\t1 %" if "många" in pasted else ""
    )

    page = client_for(controller).post(new(small.period), {"title": "T", "pasted": pasted})

    assert said in page.content.decode()
    assert not FreeTable.objects.exists()
