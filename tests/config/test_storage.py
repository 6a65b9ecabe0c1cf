"""Files in a bucket: written, read, checked and handed out as they are from a folder."""

import secrets
from datetime import timedelta
from io import BytesIO

import boto3
import pikepdf
import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer

from cases.register.annexes import annex
from cases.register.models import Attachment
from cases.register.services import NotAcceptable, attach
from config import env
from config.storage import BucketStorage
from core import jobs
from core.models import Job
from reports.annexes.pieces import pieces_of
from reports.annexes.verdict import Verdict
from reports.models import PartFile, Rendition
from reports.services import binding, keeping, make, renditions
from reports.services.sweeping import sweep
from tests.factories import TODAY, DocumentFactory, ItemFactory, MeetingFactory, pdf_bytes
from tests.register.conftest import upload
from tests.reports import foreign
from tests.secrecy.crawling import content_of

KEY, SECRET, BUCKET = "local-key", "sec/ret+", "socialnamnden-filer"
TEXTS = {"summary": "<p>Kort sagt.</p>", "matter": "<p>Långt.</p>"}


@pytest.fixture(scope="module")
def server():
    """The address of a server that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server):
    """An empty bucket, seen past our own program."""
    names = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "eu-north-1"}
    bucket = boto3.resource("s3", endpoint_url=server, **names).Bucket(BUCKET)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    yield bucket
    bucket.object_versions.delete()
    bucket.delete()


@pytest.fixture
def in_bucket(bucket, server, settings, monkeypatch, tmp_path):
    """The program, keeping its files in the bucket; it would fail on any use of a folder."""
    where = f"s3://{KEY}:sec%2Fret+@{BUCKET}/nya?endpoint={server}&region=eu-north-1"
    monkeypatch.setenv("STORAGE_URL", where)
    settings.STORAGES = settings.STORAGES | {"default": env.storage("STORAGE_URL")}
    settings.MEDIA_ROOT = tmp_path / "nothing"
    yield bucket
    assert not settings.MEDIA_ROOT.exists()


def keys(bucket, folder=""):
    return [item.key for item in bucket.objects.filter(Prefix=f"nya/{folder}")]


@pytest.fixture
def report(body):
    return DocumentFactory(case__body=body, texts=TEXTS, clauses=["att anta planen"])


@pytest.fixture
def meeting(body, secretary, chair, report):
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    ItemFactory(meeting=meeting, case=report.case, document=report)
    return meeting


# Attachments -------------------------------------------------------------------------------------


def attached(report, content=None):
    case = report.case
    return attach(case, upload(content), title="Bilaga", dated_on=TODAY, by=case.owner)


def test_a_file_attached_on_the_page_is_in_the_bucket_and_streamed_from_it(
    in_bucket, report, secretary, client_for
):
    browser = client_for(secretary)
    data = {"file": upload(), "title": "Rapport", "dated_on": "2023-05-16"}

    sent = browser.post(f"/cases/{report.case.pk}/files/new/", data)
    attachment = Attachment.objects.get()
    got = browser.get(attachment.get_absolute_url())

    assert sent.status_code == 302
    assert keys(in_bucket) == [f"nya/{attachment.file.name}"]
    assert (got.status_code, got.streaming, int(got["Content-Length"])) == (200, True, attachment.size)
    assert b"".join(got.streaming_content) == pdf_bytes("Hej")


def test_asked_for_the_head_only_it_tells_the_size_and_sends_nothing(
    in_bucket, report, secretary, client_for
):
    attachment = attached(report)

    head = client_for(secretary).head(attachment.get_absolute_url())

    assert (head.status_code, int(head["Content-Length"])) == (200, attachment.size)
    assert head.getvalue() == b""


def test_who_may_not_read_it_is_not_led_to_the_bucket_either(in_bucket, report, stranger, client_for):
    attachment = attached(report)

    assert client_for(stranger).get(attachment.get_absolute_url()).status_code == 404


def test_nobody_gets_at_an_object_without_the_keys(in_bucket, report):
    attachment = attached(report)

    grants = in_bucket.Object(f"nya/{attachment.file.name}").Acl().grants

    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"]


def test_its_text_is_read_for_personal_numbers_in_the_background(in_bucket, report):
    attachment = attached(report, pdf_bytes("Sokande 900101-2385"))

    jobs.run(Job.objects.get(name="register.scan_attachment").pk)

    attachment.refresh_from_db()
    assert attachment.scan == "found"


def test_the_same_file_twice_is_refused_and_leaves_nothing_in_the_bucket(in_bucket, report):
    attached(report)

    with pytest.raises(NotAcceptable):
        attached(report)

    assert len(keys(in_bucket)) == 1


@pytest.fixture
def fetched(in_bucket):
    """How many bytes each answer of the bucket holds that sends a file or some of it."""
    sizes = []
    default_storage.connection.meta.client.meta.events.register(
        "after-call.s3.GetObject", lambda parsed, **_call: sizes.append(parsed["ContentLength"])
    )
    return sizes


def thick(count):
    """Return a PDF of so many pages, each with half a megabyte that nothing makes smaller."""
    with pikepdf.open(BytesIO(foreign.pages(count))) as pdf:
        for page in pdf.pages:
            page.contents_add(b"%" + secrets.token_hex(250_000).encode())
        return foreign.saved(pdf, compress_streams=False)


def test_for_ten_pages_of_an_annex_little_more_than_these_pages_is_fetched(in_bucket, report, fetched):
    attachment = attached(report, thick(30))
    attachment.verdict, attachment.pages = Verdict.IMAGES, 30
    pieces = pieces_of(annex(attachment))

    drawn = pieces[1].html()

    assert len(pieces) == 3
    assert drawn.count("<img") == 10
    assert 5_000_000 < sum(fetched) < 9_000_000 < attachment.size


# Renditions --------------------------------------------------------------------------------------


def handlingar(meeting):
    return make(meeting, "handlingar", "staff")


def test_papers_are_made_in_the_bucket_and_streamed_from_it(in_bucket, meeting, secretary, client_for):
    papers = handlingar(meeting)

    got = client_for(secretary).get(papers.get_absolute_url())

    assert keys(in_bucket, "renditions/") == [f"nya/{papers.file.name}"]
    assert sorted(keys(in_bucket, "parts/")) == sorted(
        f"nya/{part.file.name}" for part in PartFile.objects.all()
    )
    assert int(got["Content-Length"]) == papers.size
    assert "Kort sagt." in content_of(got)


def harm(bucket, kept, content):
    thing = bucket.Object(f"nya/{kept.file.name}")
    thing.delete() if content is None else thing.put(Body=content)


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7 half"], ids=["lost", "empty", "damaged"])
def test_what_is_lost_or_damaged_in_the_bucket_is_made_again_and_the_rest_is_not(in_bucket, meeting, content):
    first = handlingar(meeting)
    before = {part.pk: part.file.name for part in PartFile.objects.all()}
    harmed = first.parts.get(key="kallelse").part_file
    harm(in_bucket, first, content)
    harm(in_bucket, harmed, content)

    again = handlingar(meeting)

    after = {part.pk: part.file.name for part in PartFile.objects.all()}
    assert (again, again.sha256) == (first, first.sha256)
    assert {key for key in after if after[key] != before[key]} == {harmed.pk}
    assert default_storage.size(again.file.name) == first.size


def test_of_two_who_made_the_same_file_at_once_the_loser_takes_nothing_away(
    in_bucket, meeting, tmp_path, monkeypatch
):
    in_bucket.Versioning().enable()
    first = handlingar(meeting)
    # At once: the second asked whether the name was free before the first had written.
    monkeypatch.setattr(BucketStorage, "exists", lambda storage, name: False)
    copy = tmp_path / "whole.pdf"
    assert keeping.fetch(first, copy)
    late = Rendition.objects.get(pk=first.pk)
    late.pk, late.file = None, ContentFile(b"", name="late.pdf")
    files = {part.key: part.part_file for part in first.parts.all()}
    pages = {part.key: part.first_page for part in first.parts.all()}

    kept = binding._keep(late, renditions.compose(meeting, "handlingar", "staff"), files, pages, copy)

    assert kept == first
    assert keys(in_bucket, "renditions/") == [f"nya/{first.file.name}"]
    assert len(list(in_bucket.object_versions.filter(Prefix=f"nya/{first.file.name}"))) == 1


def test_what_no_row_names_is_removed_from_the_bucket_after_a_day(in_bucket, meeting):
    handlingar(meeting)
    before = keys(in_bucket)
    in_bucket.Object("nya/parts/nobodys.pdf").put(Body=b"%PDF-1.7 half")

    early = sweep(timezone.now())
    late = sweep(timezone.now() + timedelta(days=2))

    assert (early, late) == (0, 1)
    assert keys(in_bucket) == before


# What is wrong is said ---------------------------------------------------------------------------


def test_a_bucket_that_is_not_there_is_an_error_and_not_a_lost_file(in_bucket, settings, meeting):
    options = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "nobodys"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}

    with pytest.raises(ClientError, match="NoSuchBucket"):
        handlingar(meeting)


def test_keys_that_the_url_leaves_out_are_taken_from_the_environment(
    in_bucket, server, settings, monkeypatch
):
    monkeypatch.setenv("STORAGE_URL", f"s3://{BUCKET}?endpoint={server}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "from-outside")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    settings.STORAGES = settings.STORAGES | {"default": env.storage("STORAGE_URL")}

    default_storage.save("note.txt", ContentFile(b"Hej"))

    assert default_storage.access_key == "from-outside"
    assert in_bucket.Object("note.txt").get()["Body"].read() == b"Hej"
