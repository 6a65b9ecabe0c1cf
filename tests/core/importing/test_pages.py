"""The pages of an import: who may, what they ask, and that they say what is wrong."""

import pytest

from core.importing import services
from core.models import ImportRun
from core.services import take_step
from tests.core.importing.conftest import NAME, csv_file, facts, work
from tests.factories import BodyFactory, PeriodFactory, person_as

FILE = "Ansvar;Konto;Utfall;Prognos\n51 Ekonomiskt bistånd;4010;1 000;2 000\n52;4010;30;40\n"


@pytest.fixture
def browser(controller, client_for):
    return client_for(controller)


@pytest.fixture
def begin_at(target, period):
    return f"/imports/{NAME}/{period.pk}/"


def upload(browser, where, text=FILE, **fields):
    return browser.post(where, {"source": " Ekonomi  systemet ", "file": csv_file(text)} | fields)


COLUMNS = {
    "sheet": "utfall",
    "head_row": "1",
    "area": "Ansvar",
    "account": "Konto",
    "actual": "Utfall",
    "forecast": "Prognos",
    "control_key": "actual",
}


def test_a_file_goes_all_the_way_in_by_the_pages(browser, begin_at, period):
    there = upload(browser, begin_at)["Location"]
    asked = browser.get(there, follow=True)
    browser.post(f"{there}columns/", COLUMNS | {"control_total": "1 030"})
    work()
    codes = browser.get(there, follow=True)
    browser.post(f"{there}codes/", {"code-0-means": "EB", "code-1-means": "BUF"})
    work()
    preview = browser.get(there)
    browser.post(f"{there}apply/")
    work()
    done = browser.get(there)

    assert asked.context["form"]["actual"].initial == "Utfall"
    sums = [[text for _column, text in row["sums"]] for row in codes.context["codes"].rows]
    assert sums == [["1\xa0000", "2\xa0000"], ["30", "40"]]
    assert [row["form"]["means"].initial for row in codes.context["codes"].rows] == ["EB", ""]
    assert (preview.context["run"].control["differs"], len(preview.context["page_obj"])) == (False, 4)
    assert done.templates[0].name == "core/importing/done.html"
    assert facts(period) == {"EB.actual": 1000, "EB.forecast": 2000, "BUF.actual": 30, "BUF.forecast": 40}


def test_the_source_is_offered_again_as_it_was_named(browser, begin_at):
    upload(browser, begin_at)

    page = browser.get(begin_at)

    assert page.context["form"].initial == {"source": "Ekonomi systemet"}
    assert [run.filename for run in page.context["runs"]] == ["utfall.csv"]


#            fields                            field
WRONG_UPLOADS = [
    ({"file": ""}, "file"),
    ({"source": " "}, "source"),
    ({"file": csv_file("<html>")}, "file"),
    ({"file": "", "address": "http://api.kolada.se/v2/data"}, "address"),
    ({"file": "", "address": "https://api.kolada.se.example/v2"}, "address"),
    ({"file": "", "address": "https://evil@api.kolada.se/v2"}, "address"),
    ({"file": "", "address": "https://api.kolada.se:8443/v2"}, "address"),
    ({"file": "", "address": "https://api.kolada.se/v2 HTTP/1.1"}, "address"),
    ({"file": "", "address": "file:///etc/passwd"}, "address"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG_UPLOADS)
def test_what_cannot_be_taken_in_is_told_at_its_field(fields, field, browser, begin_at):
    response = upload(browser, begin_at, **fields)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not ImportRun.objects.exists()


#            fields                            field
WRONG_COLUMNS = [
    ({"actual": ""}, "actual"),
    ({"area": ""}, "area"),
    ({"forecast": "Utfall"}, "forecast"),
    ({"account": "Finns inte"}, "account"),
    ({"control_total": "1,2,3"}, "control_total"),
    ({"control_total": "1", "control_key": "forecast", "forecast": ""}, "control_key"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG_COLUMNS)
def test_a_wrong_choice_of_columns_is_told_at_its_field(fields, field, browser, begin_at):
    there = upload(browser, begin_at)["Location"]

    response = browser.post(f"{there}columns/", COLUMNS | fields)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert ImportRun.objects.get().state == "columns"


def test_other_headings_are_shown_when_the_guess_was_wrong(browser, begin_at):
    there = upload(browser, begin_at, "Rapport;2023\n" + FILE)["Location"]

    page = browser.get(f"{there}columns/?sheet=utfall&head_row=1")

    assert [choice for choice, _label in page.context["form"].fields["area"].choices] == [
        "",
        "Rapport",
        "2023",
    ]


def test_codes_are_not_passed_over_in_silence(browser, begin_at):
    there = upload(browser, begin_at)["Location"]
    browser.post(f"{there}columns/", COLUMNS)
    work()

    response = browser.post(f"{there}codes/", {"code-0-means": "EB"})

    assert response.status_code == 422
    assert [form.prefix for form in response.context["codes"].faulty] == ["code-1"]
    assert ImportRun.objects.get().state == "codes"


def test_what_a_code_means_can_be_changed_after_it_was_looked_through(browser, begin_at, period):
    there = upload(browser, begin_at)["Location"]
    browser.post(f"{there}columns/", COLUMNS)
    work()
    browser.post(f"{there}codes/", {"code-0-means": "EB", "code-1-means": "-"})
    work()

    asked = browser.get(f"{there}codes/")
    browser.post(f"{there}codes/", {"code-0-means": "BUF", "code-1-means": "-"})
    work()

    assert [row["form"]["means"].initial for row in asked.context["codes"].rows] == ["EB", "-"]
    assert [change["what"] for change in ImportRun.objects.get().changes] == [
        "Barn, unga och familj actual",
        "Barn, unga och familj forecast",
    ]


def test_while_a_worker_has_it_the_page_asks_again_by_itself(browser, begin_at):
    there = upload(browser, begin_at)["Location"]
    browser.post(f"{there}columns/", COLUMNS)

    assert b'hx-trigger="every 1s"' in browser.get(there).content


def test_work_that_was_interrupted_is_begun_again_from_the_columns(browser, begin_at):
    there = upload(browser, begin_at)["Location"]
    ImportRun.objects.update(state="reading")

    page = browser.get(there)
    browser.post(f"{there}back/")

    assert not page.context["run"].is_alive
    assert ImportRun.objects.get().state == "columns"


def test_an_import_is_thrown_away_by_its_button(browser, begin_at):
    there = upload(browser, begin_at)["Location"]

    response = browser.post(f"{there}drop/")

    assert (response["Location"], ImportRun.objects.count()) == (begin_at, 0)


def test_a_closed_period_says_so_instead_of_asking_for_a_file(browser, begin_at, period, controller):
    take_step(period, "close", by=controller)

    page = browser.get(begin_at)

    assert page.context["closed"] == "Perioden är stängd."
    assert b'type="file"' not in page.content


# Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("member", 403), ("stranger", 404)])
def test_only_who_may_import_sees_the_pages(who, status, request, begin_at, browser, client_for):
    there = upload(browser, begin_at)["Location"]
    somebody = client_for(request.getfixturevalue(who))

    for address in (begin_at, there, f"{there}columns/", f"{there}codes/"):
        assert somebody.get(address).status_code == status
    for act in ("apply", "back", "drop"):
        assert somebody.post(f"{there}{act}/").status_code == status
    assert upload(somebody, begin_at).status_code == status
    assert ImportRun.objects.count() == 1


def test_the_controller_of_another_body_sees_nothing_of_it(begin_at, browser, client_for):
    there = upload(browser, begin_at)["Location"]
    other = client_for(person_as("controller", BodyFactory(prefix="KS")))

    assert other.get(there).status_code == 404
    assert list(other.get("/imports/").context["object_list"]) == []


def test_a_target_that_nobody_offers_is_not_found(browser, period):
    assert browser.get(f"/imports/nothing/{period.pk}/").status_code == 404


# History -----------------------------------------------------------------------------------------


def test_the_history_lists_what_was_imported_for_who_may_import(browser, begin_at, client_for, member):
    upload(browser, begin_at)

    assert [run.filename for run in browser.get("/imports/").context["object_list"]] == ["utfall.csv"]
    assert list(client_for(member).get("/imports/").context["object_list"]) == []


@pytest.mark.parametrize("runs", [1, 20])
def test_the_history_costs_the_same_for_many(
    runs, browser, begin_at, target, period, controller, django_assert_max_num_queries
):
    for number in range(runs):
        services.begin(target, period, source=f"S{number}", upload=csv_file(FILE), by=controller)

    with django_assert_max_num_queries(12):
        assert len(browser.get("/imports/").context["object_list"]) == runs


def test_nothing_imported_yet_says_what_it_is_for(browser, target):
    assert b'class="empty"' in browser.get("/imports/").content


def test_runs_of_two_periods_are_kept_apart(browser, begin_at, body, target, controller):
    other = PeriodFactory(body=body, year=2023, number=1)
    services.begin(target, other, source="E", upload=csv_file(FILE), by=controller)

    assert list(browser.get(begin_at).context["runs"]) == []


def test_who_has_imported_nothing_is_shown_where_to_begin(controller, period, client_for):
    member = person_as("member", period.body)

    pages = [client_for(one).get("/imports/") for one in (controller, member)]

    ways = [dict(page.context["ways"]) for page in pages]
    assert (ways[0]["Belopp"], ways[1]) == ("/finance/", {})
    assert '<a href="/finance/">' in pages[0].content.decode()
