import pytest

from cases.register.models import Section
from cases.register.services import begin_edition
from core import editions
from tests.factories import TODAY, DocumentFactory, write


@pytest.fixture
def document(db):
    return DocumentFactory(texts={"summary": "<p>Först</p>", "matter": "<p>Samma</p>"}, status="approved")


@pytest.fixture
def new(document):
    return begin_edition(document, by=document.author, dated_on=TODAY)


def differing(before, after):
    found = editions.differences(before.sections.all(), after.sections.all(), ("heading", "text"))
    return {(one.after or one.before).key: (one.kind, one.fields) for one in found if one.kind != "same"}


def test_a_copy_continues_its_row_and_has_what_was_changed(document):
    draft = DocumentFactory()
    row = document.sections.get(key="summary")

    copied = editions.copy(row, document=draft, key="ny", text="<p>Annat</p>")

    assert (copied.continues, copied.heading, copied.text) == (row, row.heading, "<p>Annat</p>")
    assert copied.pk != row.pk


def test_a_new_edition_as_it_begins_differs_in_nothing(document, new):
    assert differing(document, new) == {}


def test_a_changed_text_is_a_difference_in_that_field(document, new):
    write(new, by=new.author, summary="<p>Sedan</p>")

    assert differing(document, new) == {"summary": ("changed", ("text",))}


def test_rows_are_joined_by_what_they_continue_not_by_key_or_order(document, new):
    Section.objects.filter(document=new, key="summary").update(key="short", position=99)

    assert differing(document, new) == {}


def test_added_and_removed_rows_are_told_apart_and_the_removed_come_last(document, new):
    new.sections.get(key="economy").delete()
    Section.objects.create(document=new, position=0, key="children", heading="Barn")

    found = editions.differences(document.sections.all(), new.sections.all(), ("text",))

    assert [(one.kind, one.before, one.after) for one in (found[0], found[-1])] == [
        ("added", None, new.sections.get(key="children")),
        ("removed", document.sections.get(key="economy"), None),
    ]


def test_of_nothing_and_nothing_there_is_no_difference():
    assert editions.differences([], [], ("text",)) == []
