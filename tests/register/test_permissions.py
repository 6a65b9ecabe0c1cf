"""Who may do what, written out by hand: nothing here reads permissions.py.

The case is a case officer's draft that has not been released; the meeting is being planned.
"""

import pytest
import rules

from cases.register.models import Action
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, PeriodFactory
from tests.register.conftest import ROLES

PREPARES = "secretary registrar case_officer colleague head controller chair vice_chair"
BELONGS = f"{PREPARES} member substitute"

WHO_MAY = {
    "register.view_case": PREPARES,
    "register.change_case": "secretary registrar case_officer",
    "register.add_document": "secretary registrar case_officer head",
    "register.add_attachment": "secretary registrar case_officer head",
    "register.view_document": PREPARES,
    "register.write_document": "case_officer",
    "register.change_document": "secretary registrar case_officer",
    "register.approve_document": "head",
    "register.view_attachment": PREPARES,
    "register.view_action": PREPARES,
    "register.advance_action": "case_officer head",
    "register.change_action": "case_officer head",
    "register.view_actions_of_period": PREPARES,
    "register.manage_templates": "administrator",
    "committee.view_meeting": BELONGS,
    "committee.prepare_meeting": "secretary",
    "committee.call_meeting": "secretary",
    "committee.read_draft_agenda": PREPARES,
    "committee.manage_people": "secretary administrator",
    "committee.manage_body": "secretary administrator",
    "committee.plan_periods": "secretary administrator controller",
    "committee.close_period": "controller",
    "agenda.view_item": PREPARES,
    "agenda.change_item": "secretary",
    "agenda.word_chairs_proposal": "secretary chair vice_chair",
}


@pytest.fixture
def subjects(case, document, attachment, body, secretary):
    meeting = MeetingFactory(body=body, secretary=secretary)
    item = ItemFactory(meeting=meeting)
    return {
        "case": case,
        "document": document,
        "attachment": attachment,
        "meeting": meeting,
        "agenda": meeting,
        "people": body,
        "period": PeriodFactory(body=body, number=3),
        "periods": body,
        "body": body,
        "item": item,
        "proposal": item,
        "action": Action.objects.create(
            body=body, document=document, title="Rekrytera", responsible=case.owner
        ),
        "templates": body.municipality,
    }


def subject_of(permission, subjects):
    if permission in ("register.add_document", "register.add_attachment"):
        return subjects["case"]
    return subjects[permission.rpartition("_")[2]]


@pytest.mark.parametrize("permission", WHO_MAY)
def test_a_permission_is_of_those_who_are_named_and_nobody_else(permission, everybody, subjects):
    subject = subject_of(permission, subjects)

    may = [role for role in ROLES if everybody[role].has_perm(permission, subject)]

    assert sorted(may) == sorted(WHO_MAY[permission].split())


def test_every_permission_is_in_the_table():
    known = {
        name
        for name in rules.permissions.permissions
        if name.split(".")[0] in ("register", "committee", "agenda")
    }

    assert known == set(WHO_MAY)


def test_a_permission_that_does_not_exist_is_nobodys(everybody, case):
    assert not any(person.has_perm("register.delete_case", case) for person in everybody.values())


def test_an_author_who_is_not_the_case_officer_writes_their_own_document(body, colleague, case):
    document = DocumentFactory(case=case, author=colleague)

    assert colleague.has_perm("register.change_document", document)
    assert case.owner.has_perm("register.change_document", document)
