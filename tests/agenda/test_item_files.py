"""Files that are put with an item in its form, and stay there when somebody changes something else."""

import pytest

from cases.agenda.models import AgendaItem
from cases.agenda.services import change_item
from cases.register.models import Attachment
from cases.register.services import attach
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, DocumentFactory, ItemFactory


@pytest.fixture
def case(meeting):
    return CaseFactory(body=meeting.body)


@pytest.fixture
def attached(case, secretary):
    """Return a function that attaches a file of this title to a case."""

    def file(title, *, to=case):
        return attach(to, upload(title), title=title, dated_on=TODAY, by=secretary)

    return file


@pytest.fixture
def path(meeting):
    return f"/meetings/{meeting.pk}/items/new/"


def ticked(form, name):
    """Return what a browser sends of a field that nobody touched."""
    return [one.pk for one in form.fields[name].offered if one.pk in form[name].value()]


def papers_of(item: AgendaItem):
    return [paper.document or paper.attachment for paper in item.papers.all()]


def test_files_of_the_case_are_offered_and_go_with_the_item(prepare, path, meeting, case, attached):
    file, secret = attached("Revisorernas rapport"), attached("Hemlig")
    attached("En annans", to=CaseFactory(body=meeting.body))
    Attachment.objects.filter(pk=secret.pk).update(is_secret=True)
    asked = {"find_case": "", "case": case.pk}

    page = prepare.get(path, asked, headers={"HX-Request": "true"})
    fields = page.context["form"].fields
    prepare.post(path, {"kind": "decision", "case": case.pk, "attachments": [file.pk]})

    assert [one.title for one in fields["attachments"].offered] == ["Revisorernas rapport"]
    assert f'name="attachments" value="{file.pk}"' in page.content.decode()
    assert papers_of(meeting.items.get()) == [file]


def test_a_secret_file_is_not_taken(prepare, path, meeting, case, attached):
    file = attached("Hemlig")
    Attachment.objects.filter(pk=file.pk).update(is_secret=True)

    response = prepare.post(path, {"kind": "decision", "case": case.pk, "attachments": [file.pk]})

    assert list(response.context["form"].errors) == ["attachments"]


def test_saving_an_untouched_form_keeps_every_paper_in_its_order_and_what_it_could_not_show(
    prepare, meeting, secretary, case, attached
):
    first, secret, last = [attached(title) for title in "ABC"]
    document = DocumentFactory(case=case)
    item = ItemFactory(meeting=meeting, case=case, title="D")
    change_item(item, papers=[last, secret, document, first], by=secretary)
    Attachment.objects.filter(pk=secret.pk).update(is_secret=True)

    form = prepare.get(f"/items/{item.pk}/edit/").context["form"]
    shown = {name: ticked(form, name) for name in ("annexes", "attachments")}
    typed = {"kind": "decision", "case": case.pk, "title": "D", "minutes": "5"} | shown
    prepare.post(f"/items/{item.pk}/edit/", typed)

    item.refresh_from_db()
    assert item.minutes == 5
    assert papers_of(item) == [last, secret, document, first]


def test_a_file_that_is_no_longer_chosen_is_taken_off(prepare, meeting, secretary, case, attached):
    kept, taken_off = attached("A"), attached("B")
    item = ItemFactory(meeting=meeting, case=case, title="D")
    change_item(item, papers=[taken_off, kept], by=secretary)

    prepare.post(
        f"/items/{item.pk}/edit/",
        {"kind": "decision", "case": case.pk, "title": "D", "attachments": [kept.pk]},
    )

    assert papers_of(item) == [kept]
