"""Several kinds of rows come in one query, each as its own query would have given it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Prefetch
from django.test.utils import CaptureQueriesContext

from cases.register.models import Document, Section
from committee.models import Membership, OperatingArea, Period, Person
from core import together
from tests.factories import BodyFactory, CaseFactory, DocumentFactory, PeriodFactory, person_as


def everything(rows):
    """Return rows with all that they hold, as their own query or another has read it."""
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows
    ]


@pytest.fixture
def two(body):
    for place, code in enumerate(["NO", "SO"]):
        body.operating_areas.create(code=code, name=f"Område {code}", position=9 - place)
    person_as("secretary", body)
    person_as("head", body)
    return body


def test_every_row_is_as_its_own_query_gives_it_and_in_its_order(two, case_officer):
    DocumentFactory(case=CaseFactory(body=two, owner=case_officer), texts={"summary": "<p>5 ”tkr”</p>"})
    asked = [
        OperatingArea.objects.all(),
        Person.objects.order_by("-pk"),
        Section.objects.order_by("-position"),
    ]

    with CaptureQueriesContext(connection) as captured:
        found = together.read(*asked)

    assert len(captured) == 1
    assert [everything(rows) for rows in found] == [everything(queryset) for queryset in asked]
    assert [type(rows[0]) for rows in found] == [OperatingArea, Person, Section]


def test_what_is_selected_along_comes_with_its_row_at_every_depth(two):
    memberships = Membership.objects.select_related("person", "body__municipality").order_by("pk")

    [found] = together.read(memberships)

    with CaptureQueriesContext(connection) as captured:
        told = [(one.person, one.body.municipality) for one in found]
    assert len(captured) == 0
    assert told == [(one.person, one.body.municipality) for one in memberships]


def test_a_relation_that_leads_nowhere_is_none(two, case_officer):
    document = DocumentFactory(case=CaseFactory(body=two, owner=case_officer))

    [found] = together.read(Section.objects.filter(document=document).select_related("responsible"))

    assert {one.responsible for one in found} == {None}


def test_a_queryset_that_finds_nothing_leaves_the_others_theirs(two):
    none, areas, others = together.read(
        Person.objects.none(),
        OperatingArea.objects.all(),
        OperatingArea.objects.filter(body=BodyFactory()),
    )

    assert (none, [area.code for area in areas], others) == ([], ["SO", "NO"], [])


def test_what_belongs_to_rows_comes_as_prefetching_gives_it_in_one_query(two, case_officer):
    case = CaseFactory(body=two, owner=case_officer)
    period = PeriodFactory(body=two)
    texts = {"summary": "<p>Kort</p>", "matter": "<p>Långt</p>"}
    DocumentFactory.create_batch(2, case=case, texts=texts, subject=period)
    DocumentFactory(case=case)
    lookups = ("sections", "recipients", "subject")
    documents = list(Document.objects.order_by("pk"))
    ContentType.objects.get_for_model(Period)

    with CaptureQueriesContext(connection) as captured:
        together.prefetch(documents, *map(Prefetch, lookups))
        told = [[list(one.sections.all()), list(one.recipients.all()), one.subject] for one in documents]
        owners = [section.document for one in documents for section in one.sections.all()]

    assert len(captured) == 1
    apart = Document.objects.order_by("pk").prefetch_related(*lookups)
    assert told == [[list(one.sections.all()), list(one.recipients.all()), one.subject] for one in apart]
    assert told[0][2] is told[1][2] == period
    assert told[2][2] is None
    assert {id(one) for one in owners} == {id(one) for one in documents}


def test_nothing_is_asked_for_what_belongs_to_no_rows(two):
    with CaptureQueriesContext(connection) as captured:
        together.prefetch([], Prefetch("sections"))

    assert len(captured) == 0


def test_rows_are_joined_to_those_they_belong_to_as_a_prefetch_would(two):
    people, memberships = together.read(Person.objects.order_by("pk"), Membership.objects.order_by("pk"))

    together.join(people, "memberships", memberships, by="person_id")

    with CaptureQueriesContext(connection) as captured:
        joined = {person: list(person.memberships.all()) for person in people}
    assert len(captured) == 0
    assert joined == {person: list(Membership.objects.filter(person=person)) for person in people}
