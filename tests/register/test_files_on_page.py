"""The files of a case as its page tells of them: while they are examined, and what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.register.models import Attachment
from cases.register.services import attach, judge_attachment, scan
from reports.annexes.verdict import Reason
from tests.factories import TODAY, release_to_members
from tests.register.conftest import upload

POLLS = 'hx-trigger="every 2s"'


@pytest.fixture
def file(case):
    return attach(case, upload(), title="Bilaga", dated_on=TODAY, by=case.owner)


def page_for(browser, case):
    return browser.get(case.get_absolute_url()).content.decode()


def examined(file, **verdict):
    scan(file)
    judge_attachment(file)
    Attachment.objects.filter(pk=file.pk).update(**verdict)


def test_the_page_says_that_a_file_is_being_examined_and_looks_again(file, case, case_officer, client_for):
    before = page_for(client_for(case_officer), case)
    examined(file)
    after = page_for(client_for(case_officer), case)

    assert "Filen undersöks" in before
    assert POLLS in before
    assert "Filen undersöks" not in after
    assert POLLS not in after


def test_a_file_that_could_not_be_examined_in_time_is_said_to_be_tried_again(
    file, case, case_officer, client_for
):
    Attachment.objects.update(uploaded_at=timezone.now() - timedelta(minutes=3))

    page = page_for(client_for(case_officer), case)

    assert "Nya försök görs var femte minut" in page
    assert POLLS not in page


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.advice])
def test_who_attaches_files_is_told_what_to_do_about_one_and_who_reads_is_not(
    file, case, case_officer, member, client_for, reason
):
    examined(file, verdict="images", verdict_reason=reason)
    release_to_members(case)
    Attachment.objects.update(released_at=timezone.now())

    writes, reads = (page_for(client_for(somebody), case) for somebody in (case_officer, member))

    assert str(reason.advice) in writes
    assert str(reason.label) in reads
    assert str(reason.advice) not in reads


def test_of_files_of_one_day_the_latest_comes_first(file, case, case_officer, client_for):
    attach(case, upload(b"%PDF-1.7 annan\n%%EOF"), title="Senare", dated_on=TODAY, by=case.owner)

    page = page_for(client_for(case_officer), case)

    assert page.index(">Senare<") < page.index(">Bilaga<")
