"""Every change of a recorded row is kept by the database, whoever made it and however."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases.register.models import Case
from cases.register.services import change_case
from committee.models import Period
from core.history import act_as
from core.models import Change, StepTaken
from core.services import take_step
from tests.factories import BodyFactory, CaseFactory, DocumentFactory, PersonFactory


@pytest.fixture
def case(db):
    return CaseFactory(title="Före")


def changes_of(row):
    return list(Change.objects.about((type(row), [row.pk])).order_by("pk"))


def run_sql(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_new_row_is_kept_whole_with_who_made_it(case):
    [added] = changes_of(case)

    assert (added.action, added.by, added.old) == ("insert", case.owner, None)
    assert added.new["title"] == "Före"


def test_of_a_change_only_what_differs_is_kept(case):
    officer = PersonFactory()

    change_case(case, title="Efter", by=officer)

    change = changes_of(case)[-1]
    assert (change.action, change.by) == ("update", officer)
    assert (change.old, change.new) == ({"title": "Före"}, {"title": "Efter"})


def test_why_is_kept_with_the_change(case):
    act_as(case.owner, reason="Stavfel")

    Case.objects.filter(pk=case.pk).update(title="Efter")

    change = changes_of(case)[-1]
    assert (change.by, change.reason) == (case.owner, "Stavfel")


def test_a_reason_that_a_step_was_given_is_kept_with_its_changes(db):
    report = DocumentFactory(status="ready")

    take_step(report, "send_back", by=report.author, data={"reason": "Gamla siffror"})

    change = changes_of(report)[-1]
    assert (change.new["status"], change.reason) == ("draft", "Gamla siffror")


@pytest.mark.parametrize("sql", ["UPDATE core_steptaken SET by_id = NULL", "DELETE FROM core_steptaken"])
def test_a_step_that_was_taken_stays_with_who_took_it(db, sql):
    report = DocumentFactory(status="ready")

    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        run_sql(sql)

    assert StepTaken.objects.of(report).get().by == report.author


def test_of_a_person_all_is_kept_but_passwords_and_log_ins(db):
    person = PersonFactory()

    person.email, person.last_login = "ny@granby.example", "2023-06-05T08:00Z"
    person.set_password("ett-nytt-losenord")
    person.save()

    assert changes_of(person)[-1].new == {"email": "ny@granby.example"}
    assert all("password" not in (change.new or {}) for change in changes_of(person))


def test_saving_what_is_the_same_is_no_change(case):
    case.save()
    Case.objects.filter(pk=case.pk).update(title="Före")

    assert [change.action for change in changes_of(case)] == ["insert"]


def test_raw_sql_is_kept_too(case):
    act_as(case.owner)

    run_sql("UPDATE register_case SET title = 'Rått' WHERE id = %s", case.pk)

    change = changes_of(case)[-1]
    assert (change.by, change.new) == (case.owner, {"title": "Rått"})


def test_every_row_of_a_bulk_create_is_kept(db):
    body, person = BodyFactory(), PersonFactory()
    act_as(person, reason="Årets kvartal")

    rows = Period.objects.bulk_create(
        Period(body=body, kind="quarter", year=2023, number=n, starts_on="2023-01-01", ends_on="2023-03-31")
        for n in (1, 2, 3)
    )

    kept = Change.objects.about((Period, [row.pk for row in rows]))
    assert [(change.by, change.reason) for change in kept] == [(person, "Årets kvartal")] * 3


def test_a_removed_row_is_kept_whole(db):
    period = Period.objects.create(
        body=BodyFactory(), kind="year", year=2023, starts_on="2023-01-01", ends_on="2023-12-31"
    )
    key = period.pk
    period.delete()

    removed = Change.objects.about((Period, [key])).latest("pk")
    assert (removed.action, removed.new, removed.old["year"]) == ("delete", None, 2023)


def test_a_change_that_is_undone_leaves_nothing(case):
    with transaction.atomic():
        change_case(case, title="Efter", by=case.owner)
        transaction.set_rollback(True)

    assert len(changes_of(case)) == 1


@pytest.mark.django_db(transaction=True)
def test_who_acts_is_forgotten_when_the_transaction_ends():
    case = CaseFactory()

    Case.objects.filter(pk=case.pk).update(title="Någon annan")

    assert changes_of(case)[-1].by is None


@pytest.mark.parametrize("sql", ["UPDATE core_change SET reason = ''", "DELETE FROM core_change"])
def test_the_history_is_only_added_to_even_by_its_owner(case, sql):
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        run_sql(sql)

    assert len(changes_of(case)) == 1


def test_what_is_erased_leaves_a_trace_without_content(case):
    [added] = changes_of(case)

    run_sql("SELECT core_erase_change(%s, 'Personnummer')", added.pk)

    [erased] = changes_of(case)
    assert (erased.old, erased.new, erased.reason) == (None, None, "Personnummer")
    assert (erased.at, erased.by, erased.row) == (added.at, added.by, added.row)


def test_after_an_erasure_the_history_is_closed_again(case):
    run_sql("SELECT core_erase_change(%s, '')", changes_of(case)[0].pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        run_sql("DELETE FROM core_change")


# What the role that the program runs as must not be able to do, whatever the program asks for.
FORBIDDEN = [
    "INSERT INTO core_change (at, \"table\", \"row\", action, reason) VALUES (now(), 'x', 1, 'insert', '')",
    "UPDATE core_change SET reason = 'x'",
    "DELETE FROM core_change",
    "TRUNCATE core_change",
    "DROP TABLE core_change",
    "ALTER TABLE core_change ADD COLUMN more text",
    "ALTER TABLE core_change DISABLE TRIGGER ALL",
    "DROP TRIGGER history_stays ON core_change",
    "ALTER TABLE register_case DISABLE TRIGGER ALL",
    "ALTER TABLE register_frozen DISABLE TRIGGER USER",
    "DROP FUNCTION core_record_change",
    "SET session_replication_role = replica",
    "SELECT core_erase_change(1, 'x')",
    "SELECT core_record_change('register_case', 'INSERT', NULL, '{\"id\": 1}')",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('core', 'x', now())",
]


@pytest.fixture
def as_app_role(case):
    """Step down to the role that the program runs as, with just the rights that the command grants."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        role = "namndverk_app"  # bin/test makes it and lets the owner step down to it
        if cursor.fetchone()[0]:
            role = "app_of_this_test"
            cursor.execute(f"CREATE ROLE {role}")
        call_command("grant_app_role", role)
        cursor.execute(f"SET LOCAL ROLE {role}")
    yield case
    run_sql("RESET ROLE")


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_programs_own_role_cannot_touch_the_history(as_app_role, sql):
    before = Change.objects.count()

    with (
        pytest.raises(Exception, match=r"permission denied|must be owner|only the triggers"),
        transaction.atomic(),
    ):
        run_sql(sql)

    assert Change.objects.count() == before


def test_the_programs_own_role_works_and_its_changes_are_kept(as_app_role):
    change_case(as_app_role, title="Efter", by=as_app_role.owner)

    assert changes_of(as_app_role)[-1].new == {"title": "Efter"}
