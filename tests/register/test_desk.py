"""My desk: what I have to do, by when, and which rule says so."""

from datetime import date, timedelta

import pytest

from core import desk
from core.services import take_step
from tests.factories import TODAY, CaseFactory, DocumentFactory, MeetingFactory, TemplateFactory


def on_desk(person):
    return [(item.due_on, item.url) for item in desk.items_for(person, TODAY)]


def urls(person):
    return [url for _due, url in on_desk(person)]


def test_a_draft_is_on_its_authors_desk_and_then_on_the_heads(case, case_officer, head):
    document = DocumentFactory(case=case)
    url = document.get_absolute_url()
    assert (urls(case_officer), urls(head)) == ([url], [])

    ready = DocumentFactory(case=case, status="ready").get_absolute_url()

    assert (urls(case_officer), urls(head)) == ([url], [ready])


def test_documents_of_one_title_are_told_apart_by_their_kind(case, case_officer):
    report = TemplateFactory(municipality=case.body.municipality, kind="rapport", name="Delårsrapport")
    DocumentFactory(case=case, title="Delårsrapport 2")
    DocumentFactory(case=case, title="Delårsrapport 2", template=report)

    rules = {item.rule for item in desk.items_for(case_officer, TODAY)}

    assert rules == {f"Tjänsteskrivelse · {case.number}", f"Delårsrapport · {case.number}"}


def test_an_approved_document_is_on_nobodys_desk(case, case_officer, head):
    DocumentFactory(case=case, status="approved")

    assert urls(case_officer) == urls(head) == []


@pytest.mark.parametrize(("days", "status"), [(-1, "bad"), (0, "risk"), (1, "risk"), (2, "wait")])
def test_an_answer_that_is_late_or_soon_due_is_marked_so(body, case_officer, days, status):
    due = TODAY + timedelta(days=days)
    CaseFactory(body=body, owner=case_officer, answer_due_on=due, sender="Revisorerna")

    [item] = desk.items_for(case_officer, TODAY)

    assert (item.due_on, item.status) == (due, status)


def test_an_extension_counts(body, case_officer):
    CaseFactory(body=body, owner=case_officer, answer_due_on=date(2023, 5, 31), extended_to=date(2023, 6, 20))

    [item] = desk.items_for(case_officer, TODAY)

    assert (item.due_on, item.status) == (date(2023, 6, 20), "wait")


def test_a_closed_case_waits_for_no_answer(body, case_officer):
    CaseFactory(body=body, owner=case_officer, answer_due_on=TODAY, status="closed")

    assert urls(case_officer) == []


def test_what_is_due_first_stands_first_and_what_has_no_day_last(case, body, case_officer):
    undated = DocumentFactory(case=case, title="A")
    dated = DocumentFactory(case=case, title="B", meeting=MeetingFactory(body=body))
    answer = CaseFactory(body=body, owner=case_officer, answer_due_on=date(2023, 5, 10))

    assert urls(case_officer) == [one.get_absolute_url() for one in (answer, dated, undated)]


def test_a_draft_is_due_when_the_papers_for_its_meeting_are(case, body, case_officer):
    meeting = MeetingFactory(body=body)
    stop = meeting.deadlines.get(kind="manuscript")
    DocumentFactory(case=case, meeting=meeting)

    [item] = desk.items_for(case_officer, TODAY)

    assert item.due_on == stop.due_on


def test_a_draft_is_due_at_the_meeting_where_there_is_no_stop_for_papers(case, body, case_officer):
    meeting = MeetingFactory(body=body)
    meeting.deadlines.all().delete()
    DocumentFactory(case=case, meeting=meeting)

    [item] = desk.items_for(case_officer, TODAY)

    assert item.due_on == meeting.held_on


def test_the_secretarys_stop_dates_are_on_the_secretarys_desk_only(body, secretary, case_officer):
    meeting = MeetingFactory(body=body)

    assert set(urls(secretary)) == {meeting.get_absolute_url()}
    assert urls(case_officer) == []


@pytest.mark.parametrize(("role", "url"), [("member", "/meetings/next/"), ("substitute", "/meetings/next/")])
def test_who_only_reads_begins_at_the_next_meeting(request, client_for, role, url):
    response = client_for(request.getfixturevalue(role)).get("/")

    assert (response.status_code, response["Location"]) == (302, url)


def test_another_bodys_work_is_on_nobodys_desk_here(elsewhere, case, case_officer, secretary, head):
    DocumentFactory(case=CaseFactory(), status="ready")
    MeetingFactory()

    assert urls(case_officer) == urls(secretary) == urls(head) == []


@pytest.mark.parametrize(("days", "status"), [(-1, "bad"), (1, "risk"), (2, "wait")])
def test_a_draft_that_is_late_or_soon_due_is_marked_so(case, body, case_officer, days, status):
    meeting = MeetingFactory(body=body)
    meeting.deadlines.filter(kind="manuscript").update(due_on=TODAY + timedelta(days=days))
    DocumentFactory(case=case, meeting=meeting)

    assert [item.status for item in desk.items_for(case_officer, TODAY)] == [status]


@pytest.mark.parametrize(("days", "status"), [(-1, "bad"), (2, "risk")])
def test_an_approval_that_is_late_is_marked_so(case, body, head, days, status):
    meeting = MeetingFactory(body=body)
    meeting.deadlines.filter(kind="manuscript").update(due_on=TODAY + timedelta(days=days))
    DocumentFactory(case=case, meeting=meeting, status="ready")

    assert [item.status for item in desk.items_for(head, TODAY)] == [status]


def test_a_document_that_was_sent_back_says_by_whom_and_why(case, case_officer, head):
    document = DocumentFactory(case=case, status="ready")
    take_step(document, "send_back", by=head, data={"reason": "Siffrorna är gamla"})

    [item] = desk.items_for(case_officer, TODAY)

    assert item.rule == f"SN/2023:00183 · skickad tillbaka av {head}: Siffrorna är gamla"
