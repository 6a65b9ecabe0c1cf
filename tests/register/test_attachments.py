"""Files: judged by what they are, not by what they are called, and handed to those who may read them."""

import os
import signal
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone, translation

from cases.register.models import Attachment
from cases.register.services import NotAcceptable, attach, examine_again, judge_attachment, reading, scan
from cases.register.services.files import MOST_BYTES
from core import jobs
from core.models import Change, Job
from reports.annexes import judging
from tests.factories import TODAY, CaseFactory, pdf_bytes, release_to_members
from tests.register.conftest import upload
from tests.working import work

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


def attached(case, content=None, **fields):
    return attach(case, upload(content), **{"title": "Bilaga", "dated_on": TODAY, "by": case.owner} | fields)


def stored_files():
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def owner_protected():
    """Return a PDF that anybody may read and only its owner may change."""
    pdf = pikepdf.open(upload().file)
    target = upload(b"").file
    pdf.save(target, encryption=pikepdf.Encryption(owner="hemligt", user=""))
    return target.getvalue()


def test_a_pdf_is_kept_with_what_is_known_of_it(case):
    attachment = attached(case)

    assert (attachment.pages, attachment.filename, attachment.scan) == (None, "bilaga.pdf", "waiting")
    assert attachment.size == len(pdf_bytes("Hej"))
    assert stored_files()[0].read_bytes() == pdf_bytes("Hej")
    assert Change.objects.about((Attachment, [attachment.pk])).get().by == case.owner


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 not even an archive", "damaged"),
        (b"<html><script>alert(1)</script></html>", "is neither PDF nor"),
        (b"", "is neither PDF nor"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Word 97", "old format"),
    ],
    ids=["archive", "html", "empty", "old word"],
)
@pytest.mark.parametrize("name", ["rapport.docx", "Rapport.PDF"])
def test_what_is_no_file_for_the_papers_is_refused_whatever_its_name(case, content, why, name):
    why = "is no PDF, whatever its name says" if name.endswith("PDF") else why

    with translation.override("en"), pytest.raises(NotAcceptable, match=why):
        attach(case, upload(content, name), title="Bilaga", dated_on=TODAY, by=case.owner)

    assert not Attachment.objects.exists()
    assert stored_files() == []


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", pdf_bytes("Hej")[:200]], ids=["first line", "half"])
def test_a_pdf_of_which_only_a_beginning_came_is_refused_at_the_door(case, content):
    with pytest.raises(NotAcceptable, match="Slutet på PDF-filen saknas"):
        attached(case, content)

    assert not Attachment.objects.exists()


def test_a_pdf_may_have_other_bytes_after_its_end(case):
    assert attached(case, pdf_bytes("Hej") + b"\0" * 5000).kind == "pdf"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\nand then nothing that is one\n%%EOF", "broken"),
        (pdf_bytes("Hej", password="hemligt"), "encrypted"),
    ],
    ids=["only its ends", "password"],
)
def test_a_pdf_that_nobody_here_can_open_is_kept_and_goes_as_it_came(case, content, reason):
    attachment = attached(case, content)

    jobs.run(Job.objects.get(name="register.scan_attachment").pk)

    attachment.refresh_from_db()
    assert stored_files()[0].read_bytes() == content
    assert (attachment.pages, attachment.scan) == (None, "unreadable")
    assert (attachment.verdict, attachment.verdict_reason) == ("attached", reason)


def test_a_file_that_is_too_big_is_refused_before_it_is_read(case):
    big = upload()
    big.size = MOST_BYTES + 1

    with pytest.raises(NotAcceptable, match="100 MB"):
        attach(case, big, title="Stor", dated_on=TODAY, by=case.owner)


def test_the_same_file_twice_is_refused_and_leaves_nothing_behind(case):
    attached(case)

    with pytest.raises(NotAcceptable):
        attached(case, title="En gång till")

    assert len(stored_files()) == 1


def test_the_same_file_may_belong_to_two_cases(case):
    attached(case)
    attached(CaseFactory())

    assert Attachment.objects.count() == 2


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\fil.pdf", "x" * 300 + ".pdf", ""])
def test_nobodys_file_name_becomes_a_path(case, name):
    file = upload()
    file._name = name

    attachment = attach(case, file, title="Bilaga", dated_on=TODAY, by=case.owner)

    [path] = stored_files()
    assert path.parent == settings.MEDIA_ROOT / "attachments" / str(case.pk)
    assert path.name == attachment.file.name.rpartition("/")[2]


# Read for personal numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["Rapport om verksamheten", "SN/2023:00183"], "clean"),
        ([f"Sokande {NUMBER}"], "found"),
        (["Sokande 199001012385"], "found"),
        ([], "unreadable"),
    ],
)
def test_the_text_is_read_in_the_background(case, lines, verdict):
    attachment = attached(case, pdf_bytes(*lines))

    jobs.run(Job.objects.get(name="register.scan_attachment").pk)

    attachment.refresh_from_db()
    assert attachment.scan == verdict


def test_a_file_whose_examination_failed_is_tried_again_and_then_examined_anew(case, monkeypatch):
    attachment = attached(case)
    job = Job.objects.get(name="register.scan_attachment")
    with monkeypatch.context() as ill:
        ill.setattr("cases.register.services.judge_attachment", refuse)
        jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("queued", 1)
        Job.objects.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS - 1, due_at=timezone.now())
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"

    assert examine_again(timezone.now()) == 0  # others may be at it
    assert examine_again(timezone.now() + timedelta(minutes=3)) == 1
    work()

    attachment.refresh_from_db()
    assert attachment.verdict == "images"
    assert examine_again(timezone.now() + timedelta(minutes=3)) == 0


def refuse(attachment):
    raise RuntimeError("as a bucket that is away does")


def test_a_file_that_only_its_owner_may_change_is_read_all_the_same(case):
    attachment = attached(case, owner_protected())

    assert scan(attachment).scan == "clean"


def test_reading_it_is_nobodys_wait(case):
    attached(case)

    assert not Job.objects.get().is_shown


# Handed out --------------------------------------------------------------------------------------


def answer(client, attachment):
    response = client.get(attachment.get_absolute_url())
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return response.status_code


def test_a_file_is_streamed_as_what_it_is_and_nothing_else(attachment, case_officer, client_for):
    response = client_for(case_officer).get(attachment.get_absolute_url())

    assert response.streaming
    assert b"".join(response.streaming_content) == pdf_bytes("Hej")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_title_never_becomes_a_header_of_its_own(case, case_officer, client_for):
    attachment = attached(case, title='x"\r\nSet-Cookie: a=b')

    client = client_for(case_officer)

    assert answer(client, attachment) == 200
    assert "a" not in client.cookies


@pytest.mark.parametrize(
    ("role", "before", "after"),
    [
        ("secretary", 200, 200),
        ("case_officer", 200, 200),
        ("head", 200, 200),
        ("chair", 200, 200),
        ("member", 404, 200),
        ("substitute", 404, 200),
        ("stranger", 404, 404),
        ("elsewhere", 404, 404),
    ],
)
def test_a_file_is_handed_to_members_once_it_is_released(
    request, attachment, case, client_for, role, before, after
):
    client = client_for(request.getfixturevalue(role))
    assert answer(client, attachment) == before

    release_to_members(case)
    Attachment.objects.update(released_at="2023-06-06T12:00Z")

    assert answer(client, attachment) == after


def test_who_is_not_logged_in_gets_no_file(attachment, client):
    assert answer(client, attachment) == 302


# The page ----------------------------------------------------------------------------------------


def test_a_file_is_attached_on_the_page(case, case_officer, client_for):
    data = {"file": upload(), "title": "Rapport", "dated_on": "2023-05-16"}

    response = client_for(case_officer).post(f"/cases/{case.pk}/files/new/", data)

    assert response.status_code == 302
    assert Attachment.objects.get().title == "Rapport"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"Inte en PDF", b"\x7fELF"])
def test_a_wrong_file_gets_a_message_at_its_field_and_is_not_kept(case, case_officer, client_for, content):
    data = {"file": upload(content), "title": "Rapport", "dated_on": "2023-05-16"}

    response = client_for(case_officer).post(f"/cases/{case.pk}/files/new/", data)

    assert list(response.context["form"].errors) == ["file"]
    assert not Attachment.objects.exists()


def test_a_file_is_attached_as_secret_and_its_uploader_still_sees_it(case, case_officer, client_for):
    browser = client_for(case_officer)
    asked = {"file": upload().file, "title": "Bilaga", "dated_on": "2023-05-16", "is_secret": "on"}

    browser.post(f"/cases/{case.pk}/files/new/", asked)

    assert Attachment.objects.get().is_secret
    assert "Bilaga" in browser.get(f"/cases/{case.pk}/").content.decode()


def test_what_is_said_of_a_file_is_changed_and_the_history_knows(case, case_officer, client_for):
    file = attached(case)

    response = client_for(case_officer).post(
        f"/files/{file.pk}/edit/", {"title": "Ritning", "dated_on": "2023-05-17"}
    )

    file.refresh_from_db()
    assert response.url == case.get_absolute_url()
    assert (file.title, str(file.dated_on)) == ("Ritning", "2023-05-17")
    assert set(Change.objects.about((Attachment, [file.pk])).latest("pk").fields) == {"title", "dated_on"}


def test_a_personal_number_in_a_files_title_is_refused(case, case_officer, client_for):
    file = attached(case)

    response = client_for(case_officer).post(
        f"/files/{file.pk}/edit/", {"title": f"Om {NUMBER}", "dated_on": "2023-05-17"}
    )

    file.refresh_from_db()
    assert (list(response.context["form"].errors), file.title) == (["title"], "Bilaga")


def test_a_file_that_kills_who_reads_it_is_unreadable_and_goes_with_as_it_is(case, monkeypatch):
    attachment = attached(case)
    monkeypatch.setattr(judging, "judge", lambda _file: os.kill(os.getpid(), signal.SIGSEGV))
    monkeypatch.setattr(reading, "scanned", lambda *_file: os.kill(os.getpid(), signal.SIGSEGV))

    scan(attachment)
    judge_attachment(attachment)

    attachment.refresh_from_db()
    assert (attachment.scan, attachment.verdict, attachment.verdict_reason) == (
        "unreadable", "attached", "broken",
    )  # fmt: skip
