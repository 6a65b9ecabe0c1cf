"""What goes wrong while a file is made ends its job, with a reason that its reader understands, and not before."""

import errno
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from core import jobs
from core.models import Job
from reports.models import PartFile, Rendition
from reports.pdf import guarded
from reports.pdf.errors import AddressRefused, AnnexChanged, LettersRefused, RendererDied
from reports.services import request_rendition
from reports.services.failing import of_part
from tests.working import work


@pytest.fixture
def asked(meeting, secretary):
    return request_rendition(meeting, "handlingar", "members", by=secretary)


def ended(job):
    job.refresh_from_db()
    return job.state, job.reason


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RendererDied("The program that makes pages ended with SIGSEGV."), "tog för lång tid"),
        (AddressRefused("file:///x.png"), "utifrån, som inte hämtas: file:///x.png"),
        (LettersRefused("𓀀 (U+13000)"), "har dessa tecken: 𓀀 (U+13000)"),
        (AnnexChanged(), "undersökts på nytt"),
    ],
)
def test_why_a_part_could_not_be_made_is_told_in_swedish(error, told):
    with translation.override("sv"):
        assert told in of_part("Bilaga", error)


def test_an_error_that_nobody_foresaw_in_a_part_ends_the_file(asked, refusing):
    refusing("parts/", RuntimeError("as a bucket's own errors are"))

    work()

    state, reason = ended(asked)
    assert state == "failed"
    assert "något gick fel i programmet" in reason
    assert not Job.objects.active().exists()


def test_a_part_of_which_worker_after_worker_dies_ends_the_file(asked):
    jobs.run(asked.pk)
    part = Job.objects.filter(name="reports.render_part").first()
    now = timezone.now()
    Job.objects.filter(pk=part.pk).update(
        state=Job.State.RUNNING, attempts=jobs.MAX_ATTEMPTS, lease_until=now - timedelta(seconds=1)
    )

    jobs.sweep(now)
    work()

    assert ended(part)[0] == "failed"
    assert ended(asked) == ("failed", PartFile.objects.exclude(error="").get().error)


@pytest.mark.parametrize(
    ("beginning", "error", "told"),
    [
        ("parts/", OSError(errno.ENOSPC, "No space left on device"), "disken är full"),
        ("renditions/", OSError(errno.ENOSPC, "No space left on device"), "disken är full"),
        ("renditions/", PermissionError(errno.EACCES, "Permission denied", "/srv/x"), "läsa eller spara"),
    ],
)
def test_what_the_storage_does_not_take_is_told_in_words_without_a_path(
    asked, refusing, monkeypatch, beginning, error, told
):
    refusing(beginning, error)
    work()
    state, reason = ended(asked)
    monkeypatch.undo()

    again = jobs.retry(asked)
    work()

    assert (state, told in reason, "/srv" in reason) == ("failed", True, False)
    assert ended(again) == ("done", "")
    assert Rendition.objects.get().pages == 5


@pytest.fixture
def dying(monkeypatch):
    """Return a function after which the process that binds dies so many times while it does."""

    def die(times):
        asked, deaths = guarded._ask, [None] * times

        def ask(process, question, seconds):
            if deaths and b"bind" in question[:40]:
                deaths.pop()
                process.kill()  # once it is chosen: a dead one would be replaced before
            return asked(process, question, seconds)

        monkeypatch.setattr(guarded, "_ask", ask)

    return die


def test_who_binds_is_asked_once_more_when_they_die(asked, dying):
    dying(1)

    work()

    assert ended(asked) == ("done", "")


def test_when_they_die_of_it_again_the_file_is_given_up_with_a_reason(asked, dying):
    dying(2)

    work()

    assert ended(asked)[0] == "failed"
    assert "gick inte att sätta ihop" in ended(asked)[1]
