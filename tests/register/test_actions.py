"""Actions: promised in a plan, moved by their steps, followed up the year after."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.register import services
from cases.register.content import content_of
from cases.register.models import Action, Document
from cases.register.plans import plan_before
from core.desk import rules as desk_rules
from core.services import take_step
from core.tables import tables
from core.workflow import StepNotAllowed
from tests.factories import TODAY, CaseFactory, advance, in_status, person_as
from tests.register.plans import begin, promise, row, template_of, year_of

ALLOWED = {
    ("planned", "start"): "ongoing",
    ("planned", "finish"): "done",
    ("planned", "refuse"): "not_done",
    ("ongoing", "finish"): "done",
    ("ongoing", "refuse"): "not_done",
    ("done", "reopen"): "ongoing",
    ("not_done", "reopen"): "ongoing",
}


@pytest.fixture
def template(body):
    return template_of(body.municipality)


@pytest.fixture
def plan(template, body, case_officer):
    return begin(template, body, case_officer, year_of(body, 2023))


@pytest.fixture
def plan_of_last_year(template, body, case_officer):
    return begin(template, body, case_officer, year_of(body, 2022))


@pytest.fixture
def owner(body):
    """A unit manager who has promised something, and nothing else to do with the plan."""
    return person_as("case_officer", body)


@pytest.mark.parametrize("status", Action.Status.values)
@pytest.mark.parametrize("step", ["start", "finish", "refuse", "reopen"])
def test_only_the_allowed_steps_move_an_action(plan, owner, status, step):
    action = in_status(promise(plan, row("Rekrytera", owner))[0], status)

    target = ALLOWED.get((status, step))

    if target:
        assert take_step(action, step, by=owner, data={"reason": "Ny lag"}).status == target
    else:
        with pytest.raises(StepNotAllowed):
            take_step(action, step, by=owner)
        assert Action.objects.get().status == status


def test_a_no_keeps_its_reason_and_day_until_the_action_is_opened_again(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))

    take_step(action, "refuse", by=owner, data={"reason": "Ingen sökte"})
    refused = Action.objects.values_list("reason", "settled_on").get()
    take_step(action, "reopen", by=owner, data={"reason": "Nu har någon sökt"})

    assert refused == ("Ingen sökte", TODAY)
    assert Action.objects.values_list("reason", "settled_on").get() == ("", None)


def test_a_no_without_a_reason_is_asked_about_again(plan, owner, client_for):
    (action,) = promise(plan, row("Rekrytera", owner))

    answer = client_for(owner).post(f"/actions/{action.pk}/step/refuse/", {"reason": ""})

    assert (answer.status_code, Action.objects.get().status) == (422, "planned")


@pytest.mark.parametrize(
    ("due_on", "status", "shape"),
    [
        (TODAY - dt.timedelta(days=1), "planned", "bad"),
        (TODAY, "ongoing", "risk"),
        (TODAY + dt.timedelta(days=14), "planned", "risk"),
        (TODAY + dt.timedelta(days=15), "planned", "wait"),
        (None, "ongoing", "wait"),
        (TODAY - dt.timedelta(days=1), "done", "ok"),
        (TODAY - dt.timedelta(days=1), "not_done", "missing"),
    ],
)
def test_an_action_says_in_shape_and_words_how_it_stands(due_on, status, shape):
    found, words = Action(due_on=due_on, status=status).standing(TODAY)

    assert (found, bool(str(words))) == (shape, True)


def test_the_responsible_finds_what_comes_near_on_the_desk_and_nobody_else_does(plan, owner, case_officer):
    late, soon, far = (dt.date(2023, 6, 1), dt.date(2023, 6, 10), dt.date(2023, 12, 1))
    promise(plan, row("Sen", owner, late), row("Snart", owner, soon), row("Långt bort", owner, far))

    items = desk_rules["register.actions"](owner, TODAY)

    assert [(item.title, item.status) for item in items] == [("Sen", "bad"), ("Snart", "risk")]
    assert desk_rules["register.actions"](case_officer, TODAY) == []


def test_a_plan_keeps_the_order_and_the_words_in_which_it_was_written(plan, owner):
    first, second = promise(plan, row("Ett", owner), row("Två", owner))

    rows = [
        row("Två", owner, pk=second.pk, version=1),
        row("Ett, i två steg", owner, pk=first.pk, version=1),
    ]
    taken = services.plan_actions(plan, rows, by=plan.author)

    assert taken == []
    assert [one.title for one in Action.objects.of(plan)] == ["Två", "Ett, i två steg"]


def test_what_somebody_else_saved_meanwhile_is_not_written_over(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))
    services.change_action(action, responsible=owner, due_on=None, follow_up="Annonsen är ute", by=owner)

    taken = services.plan_actions(plan, [row("Annat", owner, pk=action.pk, version=1)], by=plan.author)

    assert [one.action.title for one in taken] == ["Rekrytera"]
    assert Action.objects.values_list("title", "follow_up").get() == ("Rekrytera", "Annonsen är ute")


def test_what_is_begun_is_answered_and_not_taken_out(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))
    take_step(action, "start", by=owner)

    with pytest.raises(services.ActionRefused):
        promise(plan, row("Rekrytera", owner, pk=action.pk, version=1, remove=True))

    assert Action.objects.count() == 1


def test_an_approved_plan_keeps_what_it_printed_and_takes_no_more(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))
    approved = advance(plan, "approved")
    take_step(action, "finish", by=owner)
    services.change_action(action, responsible=plan.author, due_on=None, follow_up="Klart", by=owner)

    printed = content_of(Document.objects.get(pk=approved.pk))["sections"][-1]["data"]["rows"]

    assert [(one["title"], one["due_on"]) for one in printed] == [("Rekrytera", "2023-12-15")]
    with pytest.raises(StepNotAllowed):
        promise(plan, row("Mer", owner))


def test_a_new_edition_promises_on_and_one_thrown_away_gives_back(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))
    first = advance(plan, "approved")
    second = services.begin_edition(first, by=plan.author, dated_on=TODAY)
    promised = row("Rekrytera", owner, pk=action.pk, version=1), row("Nytt", owner)
    promise(second, *promised)

    services.discard_document(second, by=plan.author)

    assert [one.title for one in Action.objects.of(first)] == ["Rekrytera"]
    assert Action.objects.count() == 1


def test_what_was_promised_in_an_edition_before_is_not_taken_out_of_the_next(plan, owner):
    (action,) = promise(plan, row("Rekrytera", owner))
    second = services.begin_edition(advance(plan, "approved"), by=plan.author, dated_on=TODAY)

    with pytest.raises(services.ActionRefused):
        promise(second, row("Rekrytera", owner, pk=action.pk, version=1, remove=True))


def test_the_follow_up_prints_yes_no_and_why(plan, plan_of_last_year, owner):
    done, refused, left = promise(plan_of_last_year, *(row(title, owner) for title in "ABC"))
    take_step(done, "finish", by=owner)
    take_step(refused, "refuse", by=owner, data={"reason": "Ingen sökte"})

    data = content_of(plan)["sections"][0]["data"]

    assert data["of"] == "Handlingsplan 2022"
    rows = [(one["title"], one["status"], one["reason"]) for one in data["rows"]]
    assert rows == [("A", "done", ""), ("B", "not_done", "Ingen sökte"), ("C", "planned", "")]
    assert left.is_open


def test_the_plan_before_is_its_newest_edition_by_the_same_template(plan, plan_of_last_year, template, body):
    other = template_of(body.municipality, kind="another")
    begin(other, body, plan.author, plan_of_last_year.subject)
    second = services.begin_edition(advance(plan_of_last_year, "approved"), by=plan.author, dated_on=TODAY)

    assert plan_before(plan) == second
    assert plan_before(plan_of_last_year) is None


def test_what_is_secret_is_not_retold_in_what_is_not(template, body, case_officer, owner):
    case = CaseFactory(body=body, owner=case_officer, is_secret=True, secrecy_ground="OSL 26:1")
    before = begin(template, body, case_officer, year_of(body, 2022), case=case)
    promise(before, row("Hemligt", owner))
    now = begin(template, body, case_officer, year_of(body, 2023))

    assert (plan_before(now), content_of(now)["sections"][0]["data"]["rows"]) == (None, [])


def test_what_was_not_done_is_taken_up_again_once(plan, plan_of_last_year, owner):
    done, _refused, _open = promise(plan_of_last_year, *(row(title, owner) for title in "ABC"))
    take_step(done, "finish", by=owner)

    taken = [services.carry_over(plan, by=plan.author) for _time in range(2)]

    assert taken == [2, 0]
    assert [(one.title, one.due_on) for one in Action.objects.of(plan)] == [("B", None), ("C", None)]


def answers(*rows):
    """Return what the follow-up page posts: (key, answer, reason) each."""
    posted = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for place, (key, answer, reason) in enumerate(rows):
        posted |= {f"form-{place}-pk": key, f"form-{place}-answer": answer, f"form-{place}-reason": reason}
    return posted


def test_last_years_actions_are_answered_on_one_page(plan, plan_of_last_year, owner, client_for):
    first, second, third = promise(plan_of_last_year, *(row(title, owner) for title in "ABC"))
    page, url = client_for(plan.author), f"/documents/{plan.pk}/follow-up/"

    refused = page.post(url, answers((first.pk, "yes", ""), (second.pk, "no", " "), (third.pk, "", "")))
    nothing_saved = set(Action.objects.values_list("status", flat=True))
    page.post(url, answers((first.pk, "yes", ""), (second.pk, "no", "Ingen sökte"), (third.pk, "", "")))

    assert (refused.status_code, nothing_saved) == (422, {"planned"})
    statuses = list(Action.objects.order_by("pk").values_list("status", "reason"))
    assert statuses == [("done", ""), ("not_done", "Ingen sökte"), ("planned", "")]


def test_nobody_answers_by_that_page_what_another_plan_promised(plan, plan_of_last_year, owner, client_for):
    promise(plan_of_last_year, row("A", owner))
    (elsewhere,) = promise(plan, row("B", owner))

    client_for(plan.author).post(f"/documents/{plan.pk}/follow-up/", answers((elsewhere.pk, "yes", "")))

    assert Action.objects.get(pk=elsewhere.pk).status == "planned"


def posted_rows(*rows):
    posted = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for place, told in enumerate(rows):
        posted |= {f"form-{place}-{name}": value for name, value in told.items()}
    return posted


def test_a_plans_rows_are_written_in_its_table_and_bad_ones_are_told_at_their_cell(plan, owner, client_for):
    page, url = client_for(plan.author), f"/documents/{plan.pk}/actions/"
    good = {"theme": "Bemanning", "title": "Rekrytera", "responsible": owner.pk, "due_on": "2023-12-15"}
    empty = {"theme": "", "title": "", "responsible": "", "due_on": ""}

    bad = page.post(url, posted_rows(good, good | {"due_on": "i höst", "responsible": ""}))
    nothing_saved = Action.objects.exists()
    saved = page.post(url, posted_rows(good, empty))

    assert (bad.status_code, nothing_saved, bad.content.count(b"invalid-feedback")) == (422, False, 2)
    assert (saved.status_code, [one.title for one in Action.objects.of(plan)]) == (302, ["Rekrytera"])


def test_a_personal_number_in_an_action_is_refused(plan, owner, client_for):
    told = {"title": "Ring 19121212-1212", "responsible": owner.pk}

    answer = client_for(plan.author).post(f"/documents/{plan.pk}/actions/", posted_rows(told))

    assert (answer.status_code, Action.objects.exists()) == (422, False)


#                       owner  author  head   colleague  member  administrator
PAGES = {
    "/actions/{action}/": (200, 200, 200, 200, 404, 404),
    "/actions/{action}/edit/": (200, 200, 200, 403, 404, 404),
    "/actions/{action}/step/refuse/": (200, 200, 200, 403, 404, 404),
    "/documents/{plan}/actions/": (403, 200, 403, 403, 404, 404),
    "/documents/{plan}/follow-up/": (403, 200, 403, 403, 404, 404),
    "/tables/register.actions/{plan}.csv": (200, 200, 200, 200, 404, 404),
}


@pytest.mark.parametrize("url", PAGES)
def test_each_sees_and_does_what_is_theirs(plan, owner, everybody, client_for, url):
    (action,) = promise(plan, row("Rekrytera", owner))
    asked = [owner, plan.author, *(everybody[key] for key in "head colleague member administrator".split())]

    answers = [client_for(who).get(url.format(action=action.pk, plan=plan.pk)).status_code for who in asked]

    assert tuple(answers) == PAGES[url]


def test_the_table_to_take_home_has_a_row_for_each_action(plan, owner):
    action, _other = promise(plan, row("Rekrytera", owner), row("Utbilda", owner, None))
    take_step(action, "refuse", by=owner, data={"reason": "Ingen sökte"})

    table = tables["register.actions"].make(plan, {})

    assert [(one[1], one[3], one[5]) for one in table.rows] == [
        ("Rekrytera", dt.date(2023, 12, 15), "Ingen sökte"),
        ("Utbilda", None, ""),
    ]


@pytest.mark.parametrize(
    "url",
    ["/actions/", "/documents/{plan}/actions/", "/documents/{plan}/follow-up/", "/documents/{plan}/", "/"],
)
def test_a_page_asks_as_much_for_thirty_actions_as_for_one(plan, plan_of_last_year, owner, client_for, url):
    page, url = client_for(plan.author), url.format(plan=plan.pk)
    page.get(url)  # asks what is asked once in a process

    def queries(number):
        for document in (plan, plan_of_last_year):
            Action.objects.filter(document=document).delete()
            promise(document, *(row(f"Åtgärd {n}", plan.author, TODAY) for n in range(number)))
        with CaptureQueriesContext(connection) as asked:
            assert page.get(url).status_code == 200
        return len(asked)

    assert queries(30) == queries(1)
