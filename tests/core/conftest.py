import pytest

from core import jobs
from core.services import review
from tests.factories import CaseFactory, DocumentFactory, PersonFactory


@pytest.fixture
def kind():
    """Return a function that makes another function a job for this test: kind(function, retry_for=…)."""
    added = []

    def register(function, **options):
        name = f"test.{function.__name__}"
        jobs.job(name, **options)(function)
        added.append(name)
        return name

    yield register
    for name in added:
        del jobs.kinds._entries[name]


@pytest.fixture
def waiting(db):
    """Return a function that starts a job: waiting("core.ping", key="…")."""
    by = PersonFactory()

    def start(name="core.ping", *, title="Provjobb", **fields):
        return jobs.start(name, by=by, title=title, **fields)

    return start


@pytest.fixture
def case(db):
    return CaseFactory(number="SN/2023:00183")


@pytest.fixture
def document(case):
    """A draft with two placeholders, one foreign number, reviewed."""
    texts = {"summary": "<p>XX</p>", "matter": "<p>Se SN/2023:00144 och XXX.</p>"}
    document = DocumentFactory(case=case, texts=texts, clauses=["anta planen"])
    review(document, by=document.author)
    return document
