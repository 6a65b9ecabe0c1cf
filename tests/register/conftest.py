"""A committee's case on its way: a draft that nobody outside the department has seen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.register.services import attach
from tests.factories import (
    TODAY,
    BodyFactory,
    CaseFactory,
    DocumentFactory,
    PeriodFactory,
    pdf_bytes,
    person_as,
)

ROLES = (
    "secretary registrar case_officer colleague head controller chair vice_chair "
    "member substitute administrator stranger elsewhere"
).split()


@pytest.fixture
def colleague(body):
    """Another case officer, who has nothing to do with the case."""
    return person_as("case_officer", body)


@pytest.fixture
def elsewhere(db):
    """The secretary of another municipality's committee."""
    return person_as("secretary", BodyFactory())


@pytest.fixture
def everybody(people, body, colleague, elsewhere):
    more = {key: person_as(key, body) for key in ("registrar", "controller", "vice_chair")}
    return vars(people) | more | {"colleague": colleague, "elsewhere": elsewhere}


@pytest.fixture
def case(body, case_officer):
    return CaseFactory(body=body, owner=case_officer, number="SN/2023:00183", title="Internkontrollplan 2023")


@pytest.fixture
def period(body):
    return PeriodFactory(body=body)


@pytest.fixture
def document(case, period):
    """A draft about the second quarter, by the case officer."""
    return DocumentFactory(case=case, subject=period, texts={"summary": "<p>Sammanfattat</p>"})


def upload(content=None, name="bilaga.pdf"):
    return SimpleUploadedFile(name, pdf_bytes("Hej") if content is None else content, "application/pdf")


@pytest.fixture
def attachment(case):
    return attach(case, upload(), title="Rapport", dated_on=TODAY, by=case.owner)
