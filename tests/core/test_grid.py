"""Cells are saved by the versioned rule: what can be saved is, nobody's value is lost, sending again is harmless."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.grid import Cell, Change, Column, Group, Key, Row, Sheet, save
from tests.budget import BudgetStore, Entry, make_table
from tests.factories import BodyFactory, PersonFactory

pytestmark = pytest.mark.urls("tests.budget")


@pytest.fixture(scope="module", autouse=True)
def _table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        make_table()


@pytest.fixture(params=[True, False], ids=["counted", "by value"])
def store(request, body):
    return BudgetStore(counted=request.param)


@pytest.fixture
def anna(db):
    return PersonFactory(first_name="Anna", last_name="Ek")


@pytest.fixture
def bo(db):
    return PersonFactory(first_name="Bo", last_name="Al")


def seen(store, row="1", column="budget"):
    """Return the version that a page shows now."""
    return store.cells()[Key(row, column)].version


def change(store, value, row="1", column="budget", version=None):
    return Change(row, column, value, seen(store, row, column) if version is None else version)


def value(row="1", column="budget"):
    return Entry.objects.filter(row=row, column=column).values_list("value", flat=True).first()


def keys(cells):
    return [(cell.row, cell.column) for cell in cells]


def test_a_changed_cell_is_saved_with_a_version_that_the_next_change_builds_on(store, anna):
    first = save([change(store, "-720512")], store, by=anna)

    second = save([Change("1", "budget", "8", first.saved[0].version)], store, by=anna)

    assert keys(second.saved) == [("1", "budget")]
    assert value() == "8"


def test_what_can_be_saved_is_when_other_cells_are_wrong(store, anna):
    changes = [
        change(store, "5"),
        change(store, "1,5", row="2"),
        change(store, "3", row="9", version=0),
        change(store, "4", column="last"),
        change(store, "4", column="deviation", version=0),
        change(store, "4", column="nothing", version=0),
        change(store, "999999999", column="budget", row="3"),
    ]

    with translation.override("sv"):
        outcome = save(changes, store, by=anna)

    assert keys(outcome.saved) == [("1", "budget")]
    assert [(fault.row, fault.column, fault.message) for fault in outcome.errors] == [
        ("2", "budget", "Skriv ett heltal, utan decimaler."),
        ("9", "budget", "Raden finns inte längre. Läs in sidan på nytt."),
        ("1", "last", "Cellen är stängd och kan inte ändras."),
        ("1", "deviation", "Cellen är beräknad och kan inte ändras."),
        ("1", "nothing", "Tabellen har inte längre en sådan kolumn. Läs in sidan på nytt."),
        ("3", "budget", "Budgeten är högst 99 999 999 tkr."),
    ]
    assert Entry.objects.count() == 1


def test_a_closed_cell_says_why_it_is_closed(body, anna):
    store = BudgetStore(closed={Key("1", "budget")})

    outcome = save([change(store, "5")], store, by=anna)

    assert [fault.message for fault in outcome.errors] == ["Perioden är stängd."]
    assert Entry.objects.count() == 0


def test_who_saw_an_older_value_gets_the_others_and_overwrites_nothing(store, anna, bo):
    before = seen(store)
    save([change(store, "5")], store, by=anna)

    with translation.override("sv"):
        outcome = save([change(store, "6", version=before)], store, by=bo)

    [conflict] = outcome.conflicts
    assert (conflict.value, conflict.version) == ("5", seen(store))
    assert conflict.message == "Anna Ek har ändrat under tiden: 5 är sparat."
    assert value() == "5"


def test_who_has_seen_the_others_value_may_put_theirs_in_its_place(store, anna, bo):
    before = seen(store)
    save([change(store, "5")], store, by=anna)
    [conflict] = save([change(store, "6", version=before)], store, by=bo).conflicts

    outcome = save([change(store, "6", version=conflict.version)], store, by=bo)

    assert outcome.is_clean
    assert value() == "6"


def test_a_counter_that_began_again_does_not_hide_that_the_value_is_another(body, anna, bo):
    store = BudgetStore()
    first = save([change(store, "5")], store, by=anna).saved[0]
    Entry.objects.all().delete()
    save([change(store, "7")], store, by=bo)

    outcome = save([Change("1", "budget", "6", first.version, seen="5")], store, by=anna)

    assert [conflict.value for conflict in outcome.conflicts] == ["7"]
    assert value() == "7"


def test_sending_the_same_again_is_harmless(store, anna):
    sent = [change(store, "5"), change(store, "", column="note"), change(store, "high", column="risk")]
    first = save(sent, store, by=anna)

    again = save(sent, store, by=anna)

    assert again.is_clean
    assert {(*key, cell.version) for key, cell in zip(keys(again.saved), again.saved, strict=True)} == {
        (*key, cell.version) for key, cell in zip(keys(first.saved), first.saved, strict=True)
    }
    assert Entry.objects.get(column="budget").version == 1


def test_a_late_copy_of_an_old_change_does_not_undo_a_newer_one(store, anna):
    late = change(store, "5")
    save([late], store, by=anna)
    save([change(store, "6")], store, by=anna)

    outcome = save([late], store, by=anna)

    assert keys(outcome.conflicts) == [("1", "budget")]
    assert value() == "6"


def test_emptying_a_cell_is_a_change_like_any_other(store, anna):
    save([change(store, "5")], store, by=anna)

    outcome = save([change(store, "")], store, by=anna)

    assert outcome.is_clean
    assert value() == ""


def test_cells_beside_what_was_saved_are_answered_as_they_now_look(store, anna):
    outcome = save([change(store, "high", column="risk")], store, by=anna)

    assert outcome.shown == [
        {
            "row": "1",
            "column": "note",
            "version": seen(store, column="note"),
            "value": "",
            "text": "",
            "note": "skriv skäl",
            "state": "bad",
        }
    ]


@pytest.mark.parametrize(
    ("column", "sent", "kept"),
    [
        ("budget", "-720512", "-720512"),
        ("budget", "-720 512", "-720512"),
        ("growth", "8.5", "8.5"),
        ("growth", "8,0 %", "8"),
        ("risk", "high", "high"),
        ("risk", "HÖG", "high"),
        ("checked", "yes", "yes"),
        ("checked", "Nej", "no"),
        ("note", "  två\r\nrader ", "två\nrader"),
    ],
)
def test_a_value_is_kept_canonical(body, anna, column, sent, kept):
    store = BudgetStore()

    assert save([change(store, sent, column=column)], store, by=anna).is_clean
    assert value(column=column) == kept


@pytest.mark.parametrize(
    ("column", "sent"),
    [
        ("budget", "1.234"),
        ("budget", "NaN"),
        ("budget", "8 %"),
        ("budget", "1e3"),
        ("growth", "8.55"),
        ("risk", "medium"),
        ("checked", "kanske"),
        ("note", "x" * 2001),
        ("note", "nul\0l"),
        ("note", "om 19640823-3234"),
    ],
)
def test_what_may_not_stand_in_a_column_is_refused_there(body, anna, column, sent):
    store = BudgetStore()

    outcome = save([change(store, sent, column=column)], store, by=anna)

    assert keys(outcome.errors) == [("1", column)]
    assert outcome.errors[0].message
    assert Entry.objects.count() == 0


# Two people at once ------------------------------------------------------------------------------------


def together(*calls):
    """Run calls at the same moment, each on a connection of its own; return what they returned."""
    ready = Barrier(len(calls))

    def run(call):
        ready.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def emptied():
    yield
    Entry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied")
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("filled", [True, False], ids=["changing", "adding"])
def test_of_two_who_save_one_cell_at_once_one_is_told_of_the_others_value(counted, filled):
    BodyFactory()
    store = BudgetStore(counted=counted)
    people = [PersonFactory(), PersonFactory()]
    if filled:
        save([change(store, "1")], store, by=people[0])
    changes = [change(store, "5"), change(store, "6")]

    first, second = together(
        *[lambda c=c, p=p: save([c], store, by=p) for c, p in zip(changes, people, strict=True)]
    )

    assert sorted([len(first.saved), len(second.saved)]) == [0, 1]
    [conflict] = first.conflicts + second.conflicts
    assert conflict.value == value()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied")
def test_two_who_save_different_cells_at_once_both_do():
    BodyFactory()
    store = BudgetStore()
    anna, bo = PersonFactory(), PersonFactory()
    mine = [change(store, str(n), row=row) for n, row in enumerate(store.rows)]
    theirs = [change(store, str(n), row=row, column="forecast") for n, row in enumerate(reversed(store.rows))]

    outcomes = together(lambda: save(mine, store, by=anna), lambda: save(theirs, store, by=bo))

    assert [outcome.is_clean for outcome in outcomes] == [True, True]
    assert Entry.objects.count() == 8


# Totals and formulas -----------------------------------------------------------------------------------


def small(columns, *rows, adds=True):
    made = [
        Row(str(n), f"Rad {n}", "", {key: Cell(text) for key, text in row.items()})
        for n, row in enumerate(rows)
    ]
    return Sheet(columns, [Group("Alla", made, adds=adds)], "/", "Prov", total="Summa")


def texts(cells):
    return [cell.text.replace("\u00a0", " ") for cell in cells]


MONEY = (
    Column("budget", "Budget", "number", decimals=1, adds=True),
    Column("forecast", "Prognos", "number", decimals=1, adds=True),
    Column("deviation", "Avvikelse", "number", decimals=1, formula="forecast - budget"),
)


def test_sums_are_of_unrounded_values_and_rounded_last():
    sheet = small(MONEY, {"budget": "0.04", "forecast": "1.04"}, {"budget": "0.04", "forecast": "1.04"})

    assert [texts(cells) for _row, cells in next(sheet.body())[2]] == [["0,0", "1,0", "1,0"]] * 2
    assert texts(sheet.foot()) == ["0,1", "2,1", "2,0"]


def test_a_sum_of_nothing_is_empty_and_not_zero():
    sheet = small(MONEY, {"budget": "", "forecast": "5"}, {"forecast": "-5"})

    assert texts(sheet.foot()) == ["", "0,0", ""]


def test_a_row_that_is_part_of_another_does_not_add():
    sheet = small(MONEY, {"budget": "5", "forecast": "1"}, {"budget": "3"})
    sheet.rows[1].adds = False

    assert texts(sheet.foot()) == ["5,0", "1,0", "-4,0"]


def test_only_groups_that_add_up_have_sums():
    sheet = small(MONEY, {"budget": "5"}, adds=False)

    [(_group, head, _rows)] = sheet.body()
    assert texts(head) == texts(sheet.foot()) == ["", "", ""]


def test_a_formula_may_use_a_computed_column():
    columns = (*MONEY, Column("doubled", "Dubbelt", "number", formula="deviation + deviation - budget"))
    sheet = small(columns, {"budget": "2", "forecast": "5"})

    assert texts(sheet.cells(sheet.rows[0]))[-1] == texts(sheet.foot())[-1] == "4"


def test_a_sum_takes_what_is_there_and_a_difference_needs_all_its_terms():
    months = [Column(key, key, "number", adds=True) for key in ("jan", "feb", "budget")]
    year = Column("year", "Året", "number", formula="jan + feb")
    left = Column("left", "Kvar", "number", formula="budget - year")
    sheet = small([*months, year, left], {"jan": "5", "budget": "9"}, {"budget": "9"})

    assert [texts(cells)[-2:] for _row, cells in next(sheet.body())[2]] == [["5", "4"], ["", ""]]


@pytest.mark.parametrize("formula", ["a b", "a * b", "a -", "other - a", "self + a"])
def test_a_formula_that_leads_nowhere_is_refused_when_it_is_written(formula):
    with pytest.raises(ValueError, match=r"."):
        Sheet(
            (
                Column("a", "A", "number"),
                Column("b", "B", "number"),
                Column("self", "S", "number", formula=formula),
            ),
            [],
            "/",
            "Prov",
        )


# The door ----------------------------------------------------------------------------------------------


@pytest.fixture
def door(body, anna, client_for):
    """Return a function that sends a PATCH as Anna, and what it answers."""
    client = client_for(anna)

    def send(payload):
        body = payload if isinstance(payload, str) else json.dumps(payload)
        return client.patch("/budget/", body, content_type="application/json")

    return send


def cell(value="5", **more):
    return {"row": "1", "column": "budget", "value": value, "version": 0} | more


def test_a_request_saves_and_says_when(door, anna):
    answer = door({"cells": [cell(), cell("x", column="forecast")]})

    assert answer.status_code == 200
    said = answer.json()
    assert said["saved"] == [{"row": "1", "column": "budget", "version": 1, "value": "5"}]
    assert [fault["column"] for fault in said["errors"]] == ["forecast"]
    assert said["conflicts"] == said["shown"] == []
    assert len(said["saved_at"]) == len("14.02")
    assert Entry.objects.get().by == "Anna Ek"


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[]",
        "7",
        {"cells": 7},
        {"cells": ["x"]},
        {"cells": [cell(value=5)]},
        {"cells": [cell(version="1")]},
        {"cells": [cell(seen=7)]},
        {"cells": [cell(version=True)]},
        {"cells": [{"row": "1"}]},
        {"cells": [cell(), cell("6")]},
        "[" * 100_000,
    ],
    ids=lambda payload: str(payload)[:60],
)
def test_what_is_no_list_of_changes_is_refused_whole(door, payload):
    answer = door(payload)

    assert answer.status_code == 400
    assert answer.json()["message"]
    assert Entry.objects.count() == 0


def test_a_nul_byte_is_an_error_at_its_cell(door):
    answer = door({"cells": [cell("a\0b", column="note"), cell("a", row="\0")]})

    assert [fault["row"] for fault in answer.json()["errors"]] == ["1", "\0"]


def test_who_is_logged_out_is_sent_to_log_in_and_nothing_is_saved(body):
    answer = Client().patch("/budget/", json.dumps({"cells": [cell()]}), content_type="application/json")

    assert answer.status_code == 302
    assert Entry.objects.count() == 0


def test_saving_400_cells_costs_no_more_questions_than_loading_and_writing_them(
    door, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        answer = door({"cells": [cell("x", row=str(n), column="note", version=0) for n in range(5, 405)]})

    assert len(answer.json()["errors"]) == 400


# A row's own page --------------------------------------------------------------------------------------


@pytest.fixture
def row_page(body, anna, client_for):
    """A row's page as Anna has it open: `open()` reads it, `send(…)` sends what she has changed."""
    client = client_for(anna)
    page = SimpleNamespace(fields={})

    def read(row="1"):
        form = client.get(f"/budget/{row}/").context["form"]
        page.fields = {field.name: field.value() or "" for field in form}
        return form

    def send(row="1", **typed):
        return client.post(f"/budget/{row}/", page.fields | typed)

    page.open, page.send = read, send
    return page


def test_a_row_is_filled_in_on_its_own_page_with_the_same_readers(row_page):
    row_page.open()

    answer = row_page.send(budget="−720 512", growth="8,0 %", risk="high", checked="yes", note="Dyrare el")

    assert answer.status_code == 302
    assert answer.url == "/budget/"
    assert dict(Entry.objects.values_list("column", "value")) == {
        "budget": "-720512",
        "growth": "8",
        "risk": "high",
        "checked": "yes",
        "note": "Dyrare el",
    }


def test_a_row_page_leads_on_to_the_next_row(row_page):
    row_page.open("2")

    assert row_page.send("2", next="1").url == "/budget/3/"


def test_the_last_row_leads_back_to_the_table(row_page):
    row_page.open("4")

    assert row_page.send("4", next="1").url == "/budget/"


def test_a_wrong_value_on_a_row_page_is_said_at_its_field_and_nothing_is_saved(row_page):
    row_page.open()

    answer = row_page.send(budget="1.234", growth="5")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["budget"]
    assert answer.context["form"]["budget"].value() == "1.234"
    assert Entry.objects.count() == 0


def test_what_the_store_refuses_is_said_at_its_field_and_the_rest_is_saved(row_page):
    row_page.open()

    answer = row_page.send(budget="999999999", growth="5")

    assert answer.context["form"].errors["budget"] == ["Budgeten är högst 99 999 999 tkr."]
    assert value(column="growth") == "5"


def test_two_on_the_same_row_page_lose_nothing(row_page, bo):
    store = BudgetStore()
    row_page.open()
    save([change(store, "5"), change(store, "7", column="forecast")], store, by=bo)

    answer = row_page.send(budget="6", growth="3")

    [error] = answer.context["form"].errors["budget"]
    assert "Bo Al" in error
    assert "5" in error
    assert (value(), value(column="forecast"), value(column="growth")) == ("5", "7", "3")

    row_page.fields = {field.name: field.value() or "" for field in answer.context["form"]}
    assert row_page.send().status_code == 302
    assert (value(), value(column="forecast")) == ("6", "7")


def test_a_row_page_without_what_it_showed_is_refused(row_page):
    row_page.open()

    answer = row_page.send(seen="{}x", budget="5")

    assert answer.status_code == 422
    assert Entry.objects.count() == 0


def test_a_row_that_is_not_there_is_not_found(body, anna, client_for):
    assert client_for(anna).get("/budget/99/").status_code == 404


# What is written ---------------------------------------------------------------------------------------


def test_the_page_tells_the_script_what_each_cell_is(body, anna, client_for):
    save([change(BudgetStore(), "-720512")], BudgetStore(), by=anna)

    page = client_for(anna).get("/budget/").content.decode()

    assert 'data-version="1" data-value="-720512">-720\u00a0512</td>' in page
    assert 'data-formula="+forecast -budget"' in page
    assert 'data-calc="all" data-value="-720512"' in page


def test_a_grid_is_shown_without_asking_for_each_row(body, anna, client_for):
    client = client_for(anna)
    client.get("/budget/")

    assert asked(client, "/budget/") == asked(client, "/budget/?rows=100")


def asked(client, path):
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured.captured_queries)
