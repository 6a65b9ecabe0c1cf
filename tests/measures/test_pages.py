"""The pages of goals and measures: what they show, what is sent to them, and what they refuse."""

import json
import re
from decimal import Decimal

import pytest
from django.core import mail

from cases.measures import services
from cases.measures.models import MeasureEdition, Outcome, Rating
from core.reminding import remind
from core.services import take_step
from tests.factories import person_as
from tests.measures.conftest import full_year, interim


def text_of(answer):
    return answer.content.decode()


def patch(client, period, *cells):
    """Send cells of the grid as the script does: (row, column, value, value before)."""
    sent = [
        {"row": str(row), "column": column, "value": value, "version": version}
        for row, column, value, version in cells
    ]
    answer = client.patch(
        f"/measures/periods/{period.pk}/outcomes/",
        json.dumps({"cells": sent}),
        content_type="application/json",
    )
    assert answer.status_code == 200
    return answer.json()


def period_grid(period):
    return f"/measures/periods/{period.pk}/outcomes/"


EMPTY = 0  # the version of a cell that holds nothing


def test_measures_begin_at_the_open_period_with_the_nearest_stop_date(
    period, body, edition, controller, client_for
):
    interim(body, 2)

    answer = client_for(controller).get("/measures/")

    assert answer.url == f"/measures/periods/{period.pk}/"


def test_without_a_period_the_page_says_what_comes(controller, client_for):
    answer = client_for(controller).get("/measures/", follow=True)

    assert "No period to report" in text_of(answer)


@pytest.mark.parametrize("who", ["member", "substitute", "stranger", "elsewhere", "administrator"])
def test_who_prepares_nothing_sees_no_page_of_a_period(everybody, period, edition, client_for, who):
    page = client_for(everybody[who])

    for path in ("", "late/", "outcomes/"):
        assert page.get(f"/measures/periods/{period.pk}/{path}").status_code == 404
    assert page.get(f"/measures/{edition.measure_id}/").status_code == 404
    if who != "elsewhere":
        assert "/measures/" not in text_of(page.get("/meetings/"))


def test_the_tree_shows_outcome_target_and_that_the_rating_differs(
    edition, enter, rate, period, controller, client_for
):
    enter(edition, period, "9")
    rate(period, edition, "reached", by=controller)

    shown = text_of(client_for(controller).get(f"/measures/periods/{period.pk}/"))

    assert "9\u00a0%" in shown
    assert "80\u00a0%" in shown
    assert "reached interim" in shown
    assert "reason missing" in shown


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("", {"Nådd", "Missad", "Saknas"}),
        ("missing", {"Saknas"}),
        ("deviating", {"Missad"}),
        ("reason", {"Missad"}),
        ("corrected", {"Nådd"}),
        ("nonsense", {"Nådd", "Missad", "Saknas"}),
    ],
)
def test_the_tree_is_narrowed_by_what_one_looks_for(
    add_measure, goal, enter, rate, period, controller, client_for, show, names
):
    met, missed, _missing = (add_measure(name=name) for name in ("Nådd", "Missad", "Saknas"))
    enter(met, period, "85")
    enter(missed, period, "9")
    rate(period, missed, "risk", by=controller)
    take_step(rate(period, met, "reached", by=controller), "finish", by=controller)
    enter(met, period, "86", correction="Fel")

    shown = client_for(controller).get(f"/measures/periods/{period.pk}/?show={show}").context["tree"]

    assert {node.edition.name for goal in shown.goals for node in goal.measures} == names
    assert len(shown.goals) == 1


def test_who_is_late_is_listed_with_what_is_missing(
    add_measure, enter, rate, period, body, controller, client_for
):
    other = person_as("case_officer", body)
    add_measure(name="Saknas helt", responsible=other)
    entered = add_measure(name="Inte klar")
    done = add_measure(name="Klar")
    for edition in (entered, done):
        enter(edition, period, "85")
    take_step(rate(period, done, by=controller), "finish", by=controller)

    people = client_for(controller).get(f"/measures/periods/{period.pk}/late/").context["people"]

    assert [
        (
            one.person,
            [node.edition.name for node in one.missing],
            [node.edition.name for node in one.unfinished],
        )
        for one in people
    ] == [(other, ["Saknas helt"], []), (entered.responsible, [], ["Inte klar"])]
    assert {one.status for one in people} == {"bad"}


def test_the_desk_asks_for_what_i_report_until_it_is_ready(
    edition, enter, rate, period, case_officer, client_for
):
    page = client_for(case_officer)
    assert f"/measures/mine/{period.pk}/" in text_of(page.get("/"))

    enter(edition, period, "85")
    take_step(rate(period, edition, by=case_officer), "finish", by=case_officer)

    assert "/measures/mine/" not in text_of(page.get("/"))


def test_a_mail_reminds_of_them_and_its_link_leads_to_the_page_of_all_of_mine(
    edition, period, case_officer, client_for
):
    remind(case_officer, period.due_on)

    letter = mail.outbox[0].body
    assert f": {edition.name}\n" in letter
    [way] = re.findall(r"/way/\S+", letter)
    answer = client_for(case_officer).get(way)

    assert answer.url == f"/measures/mine/{period.pk}/"


def test_my_measures_shows_mine_with_target_and_no_menu(add_measure, period, body, case_officer, client_for):
    add_measure(name="Mitt mått")
    add_measure(name="Någon annans", responsible=person_as("case_officer", body))

    shown = text_of(client_for(case_officer).get("/measures/mine/"))

    assert "Mitt mått" in shown
    assert "Någon annans" not in shown
    assert 'class="rail"' not in shown


def test_a_value_and_three_lines_are_enough(edition, scale, period, case_officer, client_for):
    answer = client_for(case_officer).post(
        f"/measures/mine/{period.pk}/{edition.pk}/",
        {"value": "85,5 %", "lines": "Bra.\nFler.", "finish": "1"},
    )

    rating = Rating.objects.get()
    assert answer.url == f"/measures/mine/{period.pk}/"
    assert Outcome.objects.get().value == Decimal("85.5")
    assert (rating.status, rating.given.key, rating.analysis) == (
        "ready",
        "reached",
        "<p>Bra.</p><p>Fler.</p>",
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"value": "femton"}, "not a number"),
        ({"value": "1.234"}, "decimal comma"),
        ({"value": "1,2,3"}, "two decimal marks"),
        ({"value": "-5"}, "below zero"),
        ({"value": "85", "lines": "Gäller 19121212-1212"}, "personal number"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    edition, scale, period, case_officer, client_for, sent, words
):
    answer = client_for(case_officer).post(
        f"/measures/mine/{period.pk}/{edition.pk}/", sent | {"finish": "1"}
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert sent["value"] in text_of(answer)
    assert Outcome.objects.count() == 0


def test_somebody_elses_measure_is_not_mine_to_report(edition, period, colleague, client_for):
    page = client_for(colleague)

    for path in (
        f"/measures/mine/{period.pk}/{edition.pk}/",
        f"/measures/periods/{period.pk}/outcomes/{edition.pk}/",
    ):
        assert page.get(path).status_code == 403
        assert page.post(path, {"value": "5"}).status_code == 403
    assert Outcome.objects.count() == 0


def test_a_closed_period_is_said_and_nothing_is_saved(edition, period, case_officer, controller, client_for):
    take_step(period, "close", by=controller)

    answer = client_for(case_officer).post(
        f"/measures/periods/{period.pk}/outcomes/{edition.pk}/", {"value": "5"}
    )

    assert answer.status_code == 422
    assert "closed" in text_of(answer)
    assert Outcome.objects.count() == 0


def test_a_correction_is_made_on_the_measures_own_page(
    edition, enter, rate, period, case_officer, client_for
):
    enter(edition, period, "85")
    take_step(rate(period, edition, by=case_officer), "finish", by=case_officer)
    page, path = client_for(case_officer), f"/measures/periods/{period.pk}/outcomes/{edition.pk}/"

    refused = page.post(path, {"value": "86"})
    page.post(path, {"value": "86", "correction": "Dubbelt räknat"})

    assert refused.status_code == 422
    assert "why it is corrected" in text_of(refused)
    shown = text_of(page.get(edition.get_absolute_url()))
    assert "86\u00a0%" in shown
    assert "Dubbelt räknat" in shown


def test_a_reason_for_no_value_is_entered_on_the_measures_own_page(edition, period, case_officer, client_for):
    page = client_for(case_officer)

    page.post(
        f"/measures/periods/{period.pk}/outcomes/{edition.pk}/",
        {"absent": "not_measured", "absent_reason": "Enkäten ställdes in"},
    )

    shown = text_of(page.get(edition.get_absolute_url()))
    assert "not measured" in shown
    assert "Enkäten ställdes in" in shown


def test_the_grid_saves_a_value_a_fraction_and_a_rating_in_one_request(
    add_measure, scale, period, case_officer, client_for
):
    plain, share = add_measure(), add_measure(numerator="A", denominator="B")
    step = scale["measure", "interim", "risk"]

    answer = patch(
        client_for(case_officer), period,
        (plain.pk, "value", "85.5", EMPTY),
        (share.pk, "fraction", "13/17", EMPTY),
        (share.pk, "given", str(step.pk), EMPTY),
        (share.pk, "reason", "Vänder", EMPTY),
    )  # fmt: skip

    assert (answer["errors"], answer["conflicts"], len(answer["saved"])) == ([], [], 4)
    assert plain.outcomes.get().value == Decimal("85.5")
    assert (share.outcomes.get().numerator, share.outcomes.get().denominator) == (13, 17)
    assert (Rating.objects.get().given, Rating.objects.get().reason) == (step, "Vänder")
    computed = {cell["row"]: cell["note"] for cell in answer["shown"] if cell["column"] == "computed"}
    assert computed == {str(plain.pk): "met", str(share.pk): "missed"}


BAD_CELLS = {
    "text in a number": ("value", "femton", "not a number"),
    "two decimal marks": ("value", "1,2,3", "two decimal marks"),
    "below zero": ("value", "-5", "below zero"),
    "no fraction": ("fraction", "13", "numerator and a denominator"),
    "of none": ("fraction", "13 / 0", "above zero"),
    "a step of another scale": ("given", "999999", "Choose one of"),
    "a personal number": ("reason", "19121212-1212", "personal number"),
    "a computed cell": ("computed", "met", "cannot be changed"),
    "no such column": ("colour", "red", "no such column"),
    "yes in a percentage": ("yes", "yes", "cannot be changed"),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_refused_at_the_cell_and_the_others_are_saved(
    add_measure, scale, period, case_officer, client_for, case
):
    column, value, words = BAD_CELLS[case]
    bad, good = add_measure(numerator="A", denominator="B"), add_measure()

    answer = patch(
        client_for(case_officer), period, (bad.pk, column, value, EMPTY), (good.pk, "value", "5", EMPTY)
    )

    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(str(bad.pk), column)]
    assert words in answer["errors"][0]["message"]
    assert [one.edition for one in Outcome.objects.all()] == [good]


def test_the_grid_refuses_a_row_that_is_not_mine_and_one_that_is_ready(
    add_measure, enter, rate, period, body, case_officer, client_for
):
    others, ready = add_measure(responsible=person_as("case_officer", body)), add_measure()
    enter(ready, period, "85")
    take_step(rate(period, ready, by=case_officer), "finish", by=case_officer)

    answer = patch(
        client_for(case_officer), period, (others.pk, "value", "5", EMPTY), (ready.pk, "value", "5", EMPTY)
    )

    assert [one["message"] for one in answer["errors"]] == [
        f"Reported by {others.responsible}.",
        "Ready. Correct it on its own page.",
    ]
    assert ready.outcomes.get().value == 85


def test_two_who_change_the_same_cell_are_told(edition, enter, period, case_officer, client_for):
    enter(edition, period, "85")

    answer = patch(client_for(case_officer), period, (edition.pk, "value", "5", EMPTY))

    assert [one["value"] for one in answer["conflicts"]] == ["85"]
    assert edition.outcomes.get().value == 85


def test_an_emptied_cell_takes_the_outcome_away(edition, enter, period, case_officer, client_for):
    enter(edition, period, "85")
    page = client_for(case_officer)
    seen = page.get(f"/measures/periods/{period.pk}/outcomes/").context["sheet"].row(str(edition.pk))

    patch(page, period, (edition.pk, "value", "", seen.cells["value"].version))

    assert Outcome.objects.count() == 0


def test_a_yes_is_entered_in_its_own_column(add_measure, period, case_officer, client_for):
    edition = add_measure(unit="yes_no", target=None, direction="none")

    patch(client_for(case_officer), period, (edition.pk, "yes", "yes", EMPTY))

    assert edition.outcomes.get().value == 1


def test_a_row_of_the_grid_leads_to_its_form_only_who_may_fill_it_in(
    edition, period, body, case_officer, client_for
):
    form, grid = f"/measures/periods/{period.pk}/outcomes/{edition.pk}/", period_grid(period)

    mine = text_of(client_for(case_officer).get(grid))
    others = text_of(client_for(person_as("case_officer", body)).get(grid))

    assert form in mine
    assert form not in others
    assert edition.get_absolute_url() in others


def test_a_grid_with_nothing_left_to_mark_has_no_button_for_it(
    edition, enter, rate, period, case_officer, client_for
):
    enter(edition, period, "85")
    rating, page = rate(period, edition, by=case_officer), client_for(case_officer)
    button = f'action="/measures/periods/{period.pk}/finish/"'
    assert button in text_of(page.get(period_grid(period)))

    take_step(rating, "finish", by=case_officer)

    assert button not in text_of(page.get(period_grid(period)))


def test_all_that_can_be_is_marked_as_ready_from_the_grid(
    edition, enter, rate, period, controller, client_for
):
    enter(edition, period, "85")
    rate(period, edition, by=controller)

    client_for(controller).post(f"/measures/periods/{period.pk}/finish/")

    assert Rating.objects.get().is_ready


def test_a_rating_is_begun_written_and_finished(goal, scale, period, controller, client_for):
    page = client_for(controller)

    begun = page.post(f"/measures/ratings/{period.pk}/goal/{goal.pk}/")
    step = scale["goal", "interim", "risk"]
    written = page.post(begun.url, {"given": step.pk, "reason": "", "analysis": "<p>Text</p>", "version": 1})
    page.post(f"{begun.url}step/finish/")

    rating = Rating.objects.get()
    assert written.url == begun.url
    assert (rating.goal, rating.given, rating.analysis, rating.status) == (goal, step, "<p>Text</p>", "ready")
    assert "goal risk interim 2023" in text_of(page.get(begun.url))


def test_an_older_page_of_a_rating_does_not_overwrite_a_newer(goal, rate, period, controller, client_for):
    rating = rate(period, goal, by=controller, analysis="<p>Ny</p>")

    answer = client_for(controller).post(
        rating.get_absolute_url(), {"analysis": "<p>Gammal</p>", "version": 1}
    )

    assert answer.status_code == 422
    assert "Gammal" in text_of(answer)
    assert Rating.objects.get().analysis == "<p>Ny</p>"


def test_nobody_rates_what_is_not_theirs(goal, rate, period, controller, colleague, client_for):
    page = client_for(colleague)
    assert page.post(f"/measures/ratings/{period.pk}/goal/{goal.pk}/").status_code == 403

    rating = rate(period, goal, by=controller)

    assert page.get(rating.get_absolute_url()).status_code == 200
    assert page.post(rating.get_absolute_url(), {"version": 1}).status_code == 403
    assert page.post(f"{rating.get_absolute_url()}step/finish/").status_code == 403


def test_the_controller_changes_a_measure_and_hears_of_a_gap(edition, controller, client_for):
    page, path = client_for(controller), f"/measures/editions/{edition.pk}/"
    fields = {
        "name": "Besvarade i tid", "goal": edition.goal_id, "unit": "percent", "decimals": 1, "direction": "up",
        "cadence": "every", "forecast_rule": "outcome", "target": "82,5 %", "split": "none",
        "responsible": edition.responsible_id, "met": "≥ 82,5", "missed": "< 80",
    }  # fmt: skip

    refused = page.post(path, fields)
    page.post(path, fields | {"missed": "< 82,5"})

    assert refused.status_code == 422
    assert "in none of the thresholds" in text_of(refused)
    edition = MeasureEdition.objects.get()
    assert (edition.name, edition.target, edition.thresholds.count()) == (
        "Besvarade i tid",
        Decimal("82.5"),
        2,
    )


def test_a_new_measure_gets_the_next_number(goal, edition, controller, case_officer, client_for):
    fields = {
        "name": "Nytt", "goal": goal.pk, "unit": "count", "decimals": 0, "direction": "up", "cadence": "year",
        "forecast_rule": "outcome", "split": "none", "responsible": case_officer.pk,
    }  # fmt: skip

    client_for(controller).post(f"/measures/new/{goal.pk}/", fields)

    assert MeasureEdition.objects.get(name="Nytt").measure.number == edition.measure.number + 1


@pytest.mark.parametrize("path", ["/measures/editions/{edition}/", "/measures/new/{goal}/"])
def test_only_the_controller_changes_what_is_measured(edition, goal, case_officer, head, client_for, path):
    for somebody in (case_officer, head):
        url = path.format(edition=edition.pk, goal=goal.pk)
        assert client_for(somebody).get(url).status_code == 403


def test_a_measures_page_shows_its_years_and_draws_them(
    edition, enter, body, goal, council_goal, controller, client_for
):
    next_goal = services.add_goal(body, year=2024, council_goal=council_goal, name="S", by=controller)
    later = services.continue_edition(
        edition, goal=next_goal, by=controller, is_break=True, change_reason="Ny räkning"
    )
    enter(edition, full_year(body, 2023), "75")
    enter(later, full_year(body, 2024), "85")

    shown = text_of(client_for(controller).get(edition.get_absolute_url()))

    assert "75\u00a0%" in shown
    assert "Ny räkning" in shown
    assert "<svg" in shown


def test_a_closed_period_is_opened_again_with_a_reason(period, edition, controller, case_officer, client_for):
    page, path = client_for(controller), f"/measures/periods/{period.pk}/step/"
    page.post(f"{path}close/")

    assert page.post(f"{path}reopen/").status_code == 422
    page.post(f"{path}reopen/", {"reason": "En siffra till"})

    period.refresh_from_db()
    assert period.is_open
    assert client_for(case_officer).post(f"{path}close/").status_code == 403


def test_a_measure_is_found_by_words_of_its_name_and_by_nobody_outside(
    edition, controller, elsewhere, client_for
):
    assert edition.get_absolute_url() in text_of(
        client_for(controller).get("/search/?q=synpunkter+besvarade")
    )
    assert edition.get_absolute_url() not in text_of(client_for(elsewhere).get("/search/?q=synpunkter"))
