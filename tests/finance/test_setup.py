"""What the controller sets up: areas, lines, projects, counted rows and columns, each on a page of the same shape."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.finance import services, statements
from cases.finance.ledger import Ledger
from cases.finance.models import KeyFigure, Layout, LayoutColumn, Line, Project
from cases.finance.services import NewAmount, NewValue
from cases.finance.setup import SETUP
from core.models import Change
from tests.factories import BodyFactory, person_as

MOST = 14
EMPTY = ("groupings", "key-figures")  # of which the small committee has none
WHO = ("controller", "head", "secretary", "administrator", "member", "stranger")


def address(key, rest=""):
    return f"/finance/setup/{key}/{rest}"


def filled(listing, **fields):
    usual = {
        "areas": {"code": "VO", "name": "Vuxna"},
        "lines": {"cut": "account", "side": "cost", "code": "hyror", "name": "Hyror"},
        "project-groups": {"name": "Årliga projekt"},
        "volumes": {"row": "number", "label": "Antal hushåll", "unit": "antal", "decimals": "0"},
        "columns-operating": {
            "formula": "forecast - budget % budget",
            "unit": "%",
            "decimals": "1",
            "year_offset": "0",
            "span": "year",
            "reported": "this",
        },
    }
    return usual[listing] | fields


@pytest.fixture
def page(client_for, controller):
    return client_for(controller)


@pytest.mark.parametrize("url", ["/finance/setup/", address("areas"), address("columns-operating")])
def test_only_the_controller_sets_up(url, small, client_for, request):
    codes = [client_for(request.getfixturevalue(who)).get(url).status_code for who in WHO]

    assert codes == [200, 403, 403, 403, 403, 403]


@pytest.mark.parametrize("rest", ["", "move/", "remove/"])
def test_a_neighbours_row_is_not_there(rest, small, client_for):
    neighbour = client_for(person_as("controller", BodyFactory()))

    for answer in (neighbour.get, neighbour.post):
        codes = {answer(address("areas", f"{small.north.pk}/{rest}")).status_code}
        assert codes <= {404, 302}

    assert list(small.north.body.operating_areas.all()) == [small.north, small.south]


def test_every_list_opens_with_rows_and_a_form(small, money_in, page):
    money_in(small, range(1))

    for key in SETUP.listings:
        shown = page.get(address(key))
        assert (shown.status_code, bool(shown.context["groups"])) == (200, key not in EMPTY)
        assert shown.context["missing"] is None


def test_a_committee_that_has_nothing_is_told_what_comes_first(body, page):
    for key in SETUP.listings:
        waits = key.startswith("columns") or key in ("groupings", "projects")
        assert bool(page.get(address(key)).context["missing"]) == waits
        assert page.post(address(key), {}).status_code == 422


@pytest.mark.parametrize(
    "key", ["areas", "lines", "projects", "volumes", "groupings", "project-groups", "columns-operating"]
)
def test_a_list_costs_the_same_at_one_row_and_at_thirty(key, small, body, money_in, page):
    def cost():
        page.get(address(key))
        with CaptureQueriesContext(connection) as captured:
            page.get(address(key))
        return len(captured)

    def grow(numbers):
        money_in(small, numbers)
        layout = Layout.objects.get(body=body, table="operating")
        for n in numbers:
            body.project_groups.create(name=f"Grupp {n}")
            body.groupings.create(name=f"Indelning {n}")
            layout.columns.create(key=f"more-{n}", kind="actual", unit="tkr")

    grow(range(1))
    few = cost()

    grow(range(1, 30))

    assert cost() == few <= MOST


@pytest.mark.parametrize("key", ["areas", "lines", "project-groups", "volumes", "columns-operating"])
def test_a_row_is_added_last_and_the_history_says_by_whom(key, small, controller, page):
    page.post(address(key), filled(key))

    listing = SETUP.listings[key]
    row = listing.rows(small.north.body).latest("pk")
    beside = [one for one in listing.rows(small.north.body) if listing.group(one) == listing.group(row)]
    assert beside[-1] == row
    assert row.position == max(one.position for one in beside)
    assert Change.objects.about((type(row), [row.pk])).get().by == controller


def test_a_row_of_the_same_code_is_refused_at_its_field(small, page):
    answer = page.post(address("areas"), filled("areas", code="NO", name="Norra igen"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["code"]
    assert "Norra igen" in answer.content.decode()


def test_a_row_is_renamed_and_keeps_its_code(small, page):
    page.post(address("areas", f"{small.north.pk}/"), {"name": "Norr", "code": "XX"})

    small.north.refresh_from_db()
    assert (small.north.name, small.north.code) == ("Norr", "NO")


def test_two_controllers_with_one_row_choose_where_they_collide_and_keep_the_rest(
    small, page, client_for, body
):
    column = LayoutColumn.objects.get(layout__table="operating", key="budget")
    url, other = address("columns-operating", f"{column.pk}/"), client_for(person_as("controller", body))
    form = page.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in fields.items() if value is not None and value is not False}
    other.post(url, shown | {"decimals": "2", "head": "Ram"})

    alone = page.post(url, shown | {"unit": "mkr"})
    both = page.post(url, shown | {"unit": "mkr", "head": "Budgetram"})

    column.refresh_from_db()
    assert (alone.status_code, both.status_code) == (302, 409)
    assert (column.unit, column.decimals, column.head) == ("mkr", 2, "Ram")
    [row] = both.context["rows"]
    assert (row["mine"], row["theirs"]) == ("Budgetram", "Ram")


def test_a_row_is_moved_past_its_neighbour_and_no_further(small, body, page):
    for _time in range(2):
        page.post(address("areas", f"{small.south.pk}/move/"), {"up": ""})

    assert [area.code for area in body.operating_areas.all()] == ["SO", "NO"]


def test_a_row_is_put_after_another(small, body, page):
    page.post(address("areas"), filled("areas", after=small.north.pk))

    assert [area.code for area in body.operating_areas.all()] == ["NO", "VO", "SO"]


def test_lines_are_moved_among_those_of_their_cut(small, body, page):
    page.post(address("lines", f"{small.costs.pk}/move/"), {"up": ""})

    assert [line.code for line in body.lines.all()] == ["costs", "income", "investments"]


def test_what_holds_nothing_is_removed_after_one_was_asked(small, body, page):
    url = address("areas", f"{small.south.pk}/remove/")
    assert page.get(url).context["held"] == ""
    assert body.operating_areas.count() == 2

    page.post(url)

    assert [area.code for area in body.operating_areas.all()] == ["NO"]


@pytest.fixture
def in_use(small, controller):
    new = NewAmount(
        line=small.costs, area=small.north, kind="actual", year=2023, months=8, kronor=Decimal(-7)
    )
    services.record_amounts(small.period, [new], by=controller)
    return small


def test_what_holds_amounts_is_not_removed_and_the_page_says_how_many(in_use, page):
    url = address("areas", f"{in_use.north.pk}/remove/")

    answer = page.post(url)

    assert answer.status_code == 422
    assert "2023–2023" in answer.context["held"]
    in_use.north.refresh_from_db()


@pytest.mark.parametrize(
    ("year", "status", "ends"), [("2022", 422, None), ("", 422, None), ("2023", 302, 2023)]
)
def test_what_holds_amounts_ends_with_their_last_year_at_the_earliest(year, status, ends, in_use, page):
    answer = page.post(address("areas", f"{in_use.north.pk}/remove/"), {"to_year": year})

    in_use.north.refresh_from_db()
    assert (answer.status_code, in_use.north.to_year) == (status, ends)


def test_the_same_holds_where_the_years_are_written_on_the_rows_page(in_use, page):
    url = address("areas", f"{in_use.north.pk}/")

    refused = page.post(url, {"name": "Norra", "from_year": "2024", "to_year": "2023"})
    too_early = page.post(url, {"name": "Norra", "to_year": "2022"})

    assert [list(one.context["form"].errors) for one in (refused, too_early)] == [["to_year"], ["to_year"]]


def test_an_ended_area_is_shown_for_its_years_and_left_out_later(in_use, years, body, page):
    page.post(address("areas", f"{in_use.south.pk}/"), {"name": "Södra", "to_year": "2021"})

    def areas(period):
        return [area.code for area in Ledger(period).areas]

    def entered(period):
        grid = page.get(f"/finance/periods/{period.pk}/amounts/area/").context["sheet"]
        return [group.label for group in grid.groups]

    assert areas(years["interim", 2023, 2]) == ["NO"]
    assert areas(years["interim", 2022, 2]) == ["NO", "SO"]  # it still shows last year's
    assert entered(years["interim", 2023, 2]) == ["Norra"]
    assert entered(years["interim", 2022, 2]) == ["Norra", "Södra"]


def test_an_ended_number_is_left_out_of_its_table(small, body, controller, years, page):
    figure = body.key_figures.create(table="volumes", code="a", label="Placeringar", to_year=2020)
    body.key_figures.create(table="volumes", code="b", label="Hushåll")
    services.record_values(
        years["year", 2020, 1], [NewValue(figure, "closing", 2020, value=Decimal(3))], by=controller
    )

    shown = statements.counted(Ledger(small.period), "volumes")

    assert [row["label"] for section in shown["sections"] for row in section["rows"]] == ["Hushåll"]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("bokslut - budget", "ingen kolumn ”bokslut”. Den har: utfall, utfall året före"),
        ("prognos-budget", "prognos-budget"),
        ("prognos * 2", "prognos - budget"),
        ("prognos -  % budget", "mellanslag"),
        ("own - budget", "kolumnen själv"),
        ("", "en av de två"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_with_what_to_write(formula, said, small, page):
    answer = page.post(address("columns-operating"), filled("columns-operating", formula=formula, key="own"))

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["formula"])


def test_a_formula_is_written_and_read_with_the_words_on_the_screen(small, page):
    listed = address("columns-operating")
    page.post(listed, filled("columns-operating", formula="Prognos − utfall året före % budget", key="own"))

    column = LayoutColumn.objects.get(key="own")
    assert column.formula == "forecast - last_year % budget"
    shown = page.get(address("columns-operating", f"{column.pk}/")).context["form"]
    assert shown["formula"].value() == "prognos - utfall året före % budget"
    assert "avvikelse prognos mot budget" in shown["formula"].help_text
    assert "prognos - utfall året före % budget" in page.get(listed).content.decode()


def test_a_formula_reads_a_computed_column_by_its_head_and_one_of_two_alike_by_its_code(small, page):
    layout = Layout.objects.get(body=small.north.body, table="operating")
    layout.columns.create(key="again", kind="forecast", unit="tkr", position=9)
    written = "Avvikelse prognos mot budget - again"

    page.post(address("columns-operating"), filled("columns-operating", formula=written, key="own"))

    assert LayoutColumn.objects.get(key="own").formula == "deviation - again"


def test_a_formula_that_leads_back_by_way_of_another_is_refused(small, page):
    page.post(
        address("columns-operating"), filled("columns-operating", formula="deviation % budget", key="share")
    )
    deviation = LayoutColumn.objects.get(layout__table="operating", key="deviation")

    answer = page.post(
        address("columns-operating", f"{deviation.pk}/"),
        filled("columns-operating", formula="share - budget"),
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["formula"])


def test_a_column_may_be_computed_from_one_that_stands_after_it(in_use, body, page, controller):
    budget = services.begin_budget(body, year=2023, by=controller)
    at = {"line": in_use.costs, "area": in_use.north, "year": 2023}
    services.record_amounts(budget, [NewAmount(kind="budget", kronor=Decimal(-100), **at)], by=controller)
    services.record_amounts(
        in_use.period, [NewAmount(kind="forecast", kronor=Decimal(-90), **at)], by=controller
    )
    page.post(
        address("columns-operating"),
        filled("columns-operating", formula="deviation % budget", key="share", after="first"),
    )

    table = statements.operating(Ledger(in_use.period))

    row = table["sections"][-1]["rows"][-1]["cells"]
    assert (table["columns"][0]["head"], row[0]) == ("Avvikelse i procent av budget", "10")


def test_the_head_is_said_while_the_formula_is_written(small, page):
    url = address("columns-operating", "preview/")

    said = page.post(url, filled("columns-operating")).content.decode()
    wrong = page.post(url, filled("columns-operating", formula="prognoser - budget")).content.decode()
    taken = page.post(url, filled("columns-operating", formula="", kind="forecast", year_offset="-1"))

    assert said == "Avvikelse i procent av budget"
    assert "prognoser" in wrong
    assert taken.content.decode() == "Prognos 2022"
    assert not LayoutColumn.objects.filter(key="share").exists()


def test_a_column_that_others_are_computed_from_is_not_removed(small, page):
    budget = LayoutColumn.objects.get(layout__table="operating", key="budget")

    answer = page.post(address("columns-operating", f"{budget.pk}/remove/"))

    assert answer.status_code == 422
    assert LayoutColumn.objects.filter(pk=budget.pk).exists()


def test_areas_are_laid_together_in_the_table_that_uses_the_grouping(in_use, body, page):
    fields = {f"area_{in_use.north.pk}": "Hela landet", f"area_{in_use.south.pk}": "Hela landet"}

    page.post(address("groupings"), {"name": "Ledning", "is_used": "on"} | fields)

    assert [name for name, _areas in Ledger(in_use.period).area_groups("operating")] == ["Hela landet"]
    grouping = body.groupings.get()
    assert page.post(address("groupings", f"{grouping.pk}/remove/")).status_code == 422
    page.post(address("groupings", f"{grouping.pk}/"), {"name": "Ledning"} | fields)
    page.post(address("groupings", f"{grouping.pk}/remove/"))
    assert not body.groupings.exists()


def test_a_group_of_projects_is_removed_when_it_is_empty(body, controller, page):
    group = body.project_groups.create(name="Årliga")
    page.post(address("projects"), {"group": group.pk, "code": "4711", "name": "Inventarier"})
    url = address("project-groups", f"{group.pk}/remove/")

    assert page.post(url).status_code == 422
    page.post(address("projects", f"{Project.objects.get().pk}/remove/"))
    assert page.post(url).status_code == 302


def test_a_heading_among_the_numbers_has_no_unit(small, body, page):
    page.post(address("volumes"), filled("volumes", row="group", label="Barn och unga", unit="antal"))
    page.post(address("volumes"), filled("volumes"))
    page.post(address("volumes"), filled("volumes"))

    assert [(one.code, one.unit) for one in body.key_figures.all()] == [
        ("barn-och-unga", ""),
        ("antal-hushall", "antal"),
        ("antal-hushall-2", "antal"),
    ]


def test_a_number_that_values_are_entered_for_stays_a_number(small, body, controller, page):
    figure = KeyFigure.objects.create(body=body, table="volumes", code="a", label="Hushåll")
    services.record_values(
        small.period, [NewValue(figure, "actual", 2023, value=Decimal(3), months=8)], by=controller
    )

    answer = page.post(address("volumes", f"{figure.pk}/"), filled("volumes", row="note"))

    assert list(answer.context["form"].errors) == ["row"]


def test_a_line_of_the_standard_ones_keeps_its_code_and_cut(small, page):
    page.post(
        address("lines", f"{small.income.pk}/"),
        {"name": "Intäkter", "side": "income", "cut": "account", "code": "x"},
    )

    assert Line.objects.filter(pk=small.income.pk, code="income", cut="area", name="Intäkter").exists()
