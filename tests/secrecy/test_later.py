"""What becomes secret after it was sent: no file that tells of it is handed out any more."""

import datetime as dt

import pytest

from cases.register.services import attach, change_attachment, change_case, set_around
from core.naming import key_of
from reports.models import Rendition
from reports.services import make, withhold
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, DocumentFactory, advance, release_to_members
from tests.secrecy.test_files import fetch

SECRET = {"is_secret": True, "secrecy_ground": "OSL 26:1"}


def papers(world, kind="handlingar"):
    return Rendition.objects.of(world.meeting, kind, "members").newest()


def become_secret(world):
    change_case(world.case, by=world.secretary, **SECRET)


@pytest.mark.parametrize("kind", ["kallelse", "handlingar"])
def test_a_file_that_was_sent_is_taken_back_from_the_members(world, client_for, kind):
    sent = papers(world, kind)

    become_secret(world)

    assert (fetch(client_for(world.member), sent), fetch(client_for(world.chair), sent)) == (403, 403)
    assert papers(world, kind) is None


def test_who_asks_for_a_withheld_file_is_told_why(world, client_for):
    sent = papers(world)
    become_secret(world)

    response = client_for(world.member).get(sent.get_absolute_url())

    assert "blivit sekretessbelagt" in response.content.decode()


def test_the_file_of_those_who_read_secrets_stays(world, client_for):
    whole = make(world.meeting, "handlingar", "staff")

    become_secret(world)

    assert fetch(client_for(world.secretary), whole) == 200
    assert fetch(client_for(world.case_officer), whole) == 404


def test_a_new_file_without_it_is_handed_out(world, client_for):
    become_secret(world)

    new = make(world.meeting, "handlingar", "members")

    assert fetch(client_for(world.member), new) == 200
    assert papers(world) == new


def test_what_is_secret_no_longer_is_handed_out_again_when_it_is_asked_for(world, client_for):
    sent = papers(world)
    become_secret(world)
    change_case(world.case, by=world.secretary, is_secret=False)

    assert make(world.meeting, "handlingar", "members") == sent
    assert fetch(client_for(world.member), sent) == 200


def test_a_file_that_was_being_made_meanwhile_is_withheld_too(world, client_for):
    """It was read before the case became secret, and finished after."""
    being_made = papers(world)
    withhold(world.case, by=world.secretary)
    read_at = being_made.current_at - dt.timedelta(seconds=1)

    Rendition.objects.filter(pk=being_made.pk).update(current_at=read_at)

    assert fetch(client_for(world.member), being_made) == 403


def test_a_file_of_the_case_that_becomes_secret_takes_the_papers_back(world, client_for):
    file = attach(world.case, upload("Öppen"), title="Öppen", dated_on=TODAY, by=world.case_officer)
    world.item.papers.create(attachment=file, position=9)
    sent = make(world.meeting, "handlingar", "members")

    change_attachment(file, is_secret=True, by=world.secretary)

    assert key_of(file) in sent.about
    assert fetch(client_for(world.member), sent) == 403


def test_other_meetings_files_are_left_alone(world):
    other = make(world.later, "kallelse", "members")

    become_secret(world)

    assert Rendition.objects.open().filter(pk=other.pk).exists()


@pytest.fixture
def resting(world):
    """An approved and released document that rests on one of another case."""
    rests_on = DocumentFactory(case=CaseFactory(body=world.body), title="Bergand", status="approved")
    draft = DocumentFactory(case=world.case, title="Vilar på annat", texts={"summary": "<p>Kort.</p>"})
    set_around(
        draft,
        title=draft.title,
        dated_on=TODAY,
        meeting=None,
        basis=[rests_on],
        outside=[],
        signers=[],
        recipients=[],
        by=world.case_officer,
    )
    document = advance(draft, "approved")
    release_to_members(world.case, document)
    return document


def page_of(client_for, user, document):
    return client_for(user).get(document.get_absolute_url()).content.decode()


def test_the_title_of_what_a_document_rests_on_is_read_by_all(world, resting, client_for):
    assert "Bergand" in page_of(client_for, world.member, resting)


def test_a_title_that_became_secret_is_left_out_of_what_was_frozen(world, resting, client_for):
    change_case(resting.basis.get().basis_document.case, by=world.secretary, **SECRET)

    shown = {
        role: "Bergand" in page_of(client_for, getattr(world, role), resting)
        for role in ("member", "case_officer", "secretary")
    }

    assert shown == {"member": False, "case_officer": False, "secretary": True}
