"""The call: reviewed first, numbers fixed, papers released, people listed. Then nobody changes a number."""

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.agenda.models import AgendaItem, Summons
from cases.register.services import attach
from committee.models import Meeting, MeetingDeadline
from core.models import Job, StepTaken
from core.services import review, take_step
from core.workflow import PreflightNeeded, StepNotAllowed
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, DocumentFactory, ItemFactory, call


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def numbers(meeting):
    return [item.number for item in meeting.items.in_order()]


def test_a_meeting_that_nobody_has_reviewed_is_not_called(meeting, secretary):
    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=secretary)

    meeting.refresh_from_db()
    assert meeting.is_planned


def test_a_change_after_the_review_asks_for_a_new_one(meeting, secretary):
    review(meeting, by=secretary)
    ItemFactory(meeting=meeting)

    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=secretary)

    assert numbers(meeting) == [None]


def test_a_personal_number_on_the_agenda_stops_the_call(meeting, secretary):
    item = ItemFactory(meeting=meeting)
    AgendaItem.objects.filter(pk=item.pk).update(title="Ansökan av 19121212-1212")

    with pytest.raises(PreflightNeeded):
        call(meeting)

    assert not Summons.objects.exists()


def test_warnings_do_not_stop_the_call(meeting, secretary):
    ItemFactory(meeting=meeting, kind="decision")

    run = review(meeting, by=secretary)
    called = take_step(meeting, "call", by=secretary)

    assert [finding.severity for finding in run.findings.all()] == ["warning"]
    assert called.status == Meeting.Status.CALLED


def test_the_button_says_that_a_review_is_missing(prepare, meeting):
    response = prepare.post(f"/meetings/{meeting.pk}/step/call/")

    meeting.refresh_from_db()
    assert said(response) == [_("Nothing has been reviewed yet. Review before you go on.")]
    assert meeting.is_planned


def test_an_empty_agenda_is_not_called_to(prepare, meeting, secretary):
    review(meeting, by=secretary)

    page = prepare.get(f"/meetings/{meeting.pk}/step/call/")
    response = prepare.post(f"/meetings/{meeting.pk}/step/call/")

    meeting.refresh_from_db()
    words = _("The agenda is empty: put an item on it before you send the summons.")
    assert words in page.content.decode()
    assert said(response) == [words]
    assert meeting.is_planned


def test_the_page_before_the_call_names_warnings_and_items_without_an_approved_document(prepare, meeting):
    draft = DocumentFactory(case__body=meeting.body, clauses=["anta planen"])
    ready = DocumentFactory(case__body=meeting.body, status="approved")
    ItemFactory(meeting=meeting, title="Klar", case=ready.case, document=ready)
    ItemFactory(meeting=meeting, title="Skrivs", case=draft.case, document=draft)
    ItemFactory(meeting=meeting, title="Utan handling")
    review(meeting, by=meeting.secretary)

    page = prepare.get(f"/meetings/{meeting.pk}/step/call/").context

    assert [(row.number, row.unapproved) for row in page["unapproved"]] == [(2, [draft])]
    named = [(finding.title, finding.item_number) for finding in page["verdict"].warnings]
    assert named == [(_("No document"), 3), (_("Not approved"), 2)]


def test_the_page_before_the_call_shows_items_and_everybody_who_gets_mail(
    prepare, meeting, member, substitute
):
    ItemFactory(meeting=meeting, title="Internkontrollplan")

    page = prepare.get(f"/meetings/{meeting.pk}/step/call/")

    for words in ("Internkontrollplan", str(meeting.chair), str(member), str(substitute)):
        assert words in page.content.decode()


def test_the_call_numbers_the_items_in_their_order(meeting, secretary):
    for title in "AB":
        ItemFactory(meeting=meeting, title=title)

    call(meeting)

    assert [(item.number, item.title) for item in meeting.items.in_order()] == [(1, "A"), (2, "B")]


def test_the_call_is_noted_with_who_and_when_and_its_stop_date_is_done(meeting, secretary):
    call(meeting)

    summons = meeting.summonses.get()
    deadline = meeting.deadlines.get(kind=MeetingDeadline.Kind.SUMMONS)
    assert (summons.by, summons.edition, deadline.done_on) == (secretary, "A", TODAY)
    assert StepTaken.objects.of(meeting).get().step == "call"


def test_a_meeting_is_called_once(meeting):
    call(meeting)

    with pytest.raises(StepNotAllowed):
        call(meeting)

    assert meeting.summonses.count() == 1


def test_the_call_asks_for_mail_and_both_files(meeting, secretary):
    call(meeting)

    started = Job.objects.filter(by=secretary, state=Job.State.QUEUED).order_by("pk")
    assert [(job.name, job.args.get("kind"), job.args.get("audience")) for job in started] == [
        ("agenda.mail_summons", None, None),
        ("reports.make", "kallelse", "members"),
        ("reports.make", "handlingar", "members"),
    ]


@pytest.mark.parametrize("change", [{"number": 7}, {"number": None}], ids=["another number", "no number"])
def test_the_database_keeps_the_number_of_an_item_that_was_called_to(change, meeting):
    item = ItemFactory(meeting=meeting)
    call(meeting)

    with pytest.raises(IntegrityError, match="keeps its number"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(**change)

    assert numbers(meeting) == [1]


def test_the_database_keeps_an_item_that_was_called_to(meeting):
    item = ItemFactory(meeting=meeting)
    call(meeting)

    with pytest.raises(IntegrityError, match="keeps its number"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).delete()

    assert numbers(meeting) == [1]


def test_the_call_releases_case_document_annex_and_file_to_members(meeting, member, run_jobs):
    document = DocumentFactory(case__body=meeting.body, status="approved")
    annex = DocumentFactory(case=document.case, status="approved")
    by = document.author
    file = attach(document.case, upload("Bilaga"), title="Bilaga", dated_on=TODAY, by=by)
    run_jobs("register.scan_attachment")
    ItemFactory(meeting=meeting, case=document.case, document=document, papers=[annex, file])

    call(meeting)

    for row in (document.case, document, annex, file):
        row.refresh_from_db()
        assert row.released_at is not None
        assert type(row).objects.visible_to(member).filter(pk=row.pk).exists()


def test_what_is_not_on_the_agenda_stays_with_those_who_prepare(meeting, member):
    on_it = DocumentFactory(case__body=meeting.body, status="approved")
    beside = DocumentFactory(case=on_it.case, status="approved")
    elsewhere = CaseFactory(body=meeting.body)
    ItemFactory(meeting=meeting, case=on_it.case, document=on_it)

    call(meeting)

    for row in (beside, elsewhere):
        row.refresh_from_db()
        assert row.released_at is None


def test_a_document_that_nobody_has_approved_is_not_released(meeting):
    draft = DocumentFactory(case__body=meeting.body, status="ready")
    ItemFactory(meeting=meeting, case=draft.case, document=draft)

    call(meeting)

    draft.refresh_from_db()
    assert draft.released_at is None


def test_what_was_released_before_keeps_its_moment(meeting):
    case = CaseFactory(body=meeting.body, released=True)
    ItemFactory(meeting=meeting, case=case)

    call(meeting)

    before = case.released_at
    case.refresh_from_db()
    assert case.released_at == before


def test_members_read_the_agenda_when_it_is_called_and_not_before(meeting, member, client_for):
    ItemFactory(meeting=meeting, title="Internkontrollplan")
    browser = client_for(member)

    before = browser.get(meeting.get_absolute_url())
    call(meeting)
    after = browser.get(meeting.get_absolute_url(), follow=True)

    assert "Internkontrollplan" not in before.content.decode()
    assert "Internkontrollplan" in after.content.decode()


def test_the_secretary_is_told_that_the_call_went_out(prepare, meeting, secretary):
    ItemFactory(meeting=meeting)
    review(meeting, by=secretary)

    response = prepare.post(f"/meetings/{meeting.pk}/step/call/")

    assert said(response) == [_("The meeting is called. Mail is on its way, and the papers are being made.")]
    assert response.url == meeting.get_absolute_url()
