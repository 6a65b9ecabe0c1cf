"""What of a review may stand, and who says so."""

import pytest

from core.models import Finding, Waiver
from core.preflight import verdict
from core.services import CannotWaive, review, unwaive, waive
from tests.core.test_preflight import NUMBER, text_past_every_door
from tests.factories import ItemFactory, MeetingFactory, write


def leftovers(document):
    return verdict(document).run.findings.filter(rule="register.leftover")


def open_rules(document):
    return sorted(finding.rule for finding in verdict(document).open)


def test_one_finding_is_waived_with_a_reason(document):
    waive(leftovers(document)[0], reason=Waiver.Reason.LATER, by=document.author)

    assert open_rules(document) == ["register.foreign_number", "register.leftover", "register.not_approved"]
    [waived] = verdict(document).waived
    assert waived.waiver == "later"


def test_a_whole_kind_is_waived_at_once(document):
    waived = waive(leftovers(document)[0], reason=Waiver.Reason.INTENDED, by=document.author, whole_kind=True)

    assert waived == 2
    assert open_rules(document) == ["register.foreign_number", "register.not_approved"]


def test_a_waiver_holds_in_the_next_review_too(document):
    waive(leftovers(document)[0], reason=Waiver.Reason.INTENDED, by=document.author)

    review(document, by=document.author)

    assert len(verdict(document).waived) == 1


def test_a_waiver_is_for_those_words_only(document):
    waive(leftovers(document).get(marked="XX"), reason=Waiver.Reason.INTENDED, by=document.author)
    write(document, by=document.author, summary="<p>XXXX</p>")

    review(document, by=document.author)

    assert verdict(document).waived == []


def test_a_waiver_is_taken_back(document):
    finding = leftovers(document)[0]
    waive(finding, reason=Waiver.Reason.INTENDED, by=document.author)

    unwaive(finding, by=document.author)

    assert verdict(document).waived == []


def test_waiving_twice_is_waiving_once(document):
    for _time in range(2):
        waive(leftovers(document)[0], reason=Waiver.Reason.INTENDED, by=document.author)

    assert Waiver.objects.count() == 1


@pytest.mark.parametrize("whole_kind", [False, True])
def test_what_stops_cannot_be_waived(document, whole_kind):
    text_past_every_door(document, f"<p>{NUMBER}</p>")
    run = review(document, by=document.author)
    [stop] = run.findings.filter(severity=Finding.Severity.STOP)

    with pytest.raises(CannotWaive):
        waive(stop, reason=Waiver.Reason.INTENDED, by=document.author, whole_kind=whole_kind)

    assert not Waiver.objects.exists()


def test_a_waiver_by_hand_in_the_database_does_not_let_a_stop_through(document):
    text_past_every_door(document, f"<p>{NUMBER}</p>")
    [stop] = review(document, by=document.author).findings.filter(severity="stop")
    Waiver.objects.create(subject=document, key=stop.key, reason="intended", by=document.author)

    assert not verdict(document).clears


# The page's buttons ------------------------------------------------------------------------------


@pytest.fixture
def finding(body, secretary):
    meeting = MeetingFactory(body=body, secretary=secretary)
    ItemFactory(meeting=meeting, title="Utan handling")
    return review(meeting, by=secretary).findings.get()


WAIVE = {"reason": "intended"}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("secretary", 302),
        ("head", 403),
        ("case_officer", 403),
        ("chair", 403),
        ("member", 403),
        ("stranger", 403),
    ],
)
def test_only_the_secretary_waives(finding, request, client_for, role, status):
    client = client_for(request.getfixturevalue(role))

    assert client.post(f"/findings/{finding.pk}/waive/", WAIVE).status_code == status
    assert Waiver.objects.count() == (status == 302)


def test_a_waiver_is_taken_back_on_the_page(finding, secretary, client_for):
    client = client_for(secretary)
    client.post(f"/findings/{finding.pk}/waive/", WAIVE)

    client.post(f"/findings/{finding.pk}/waive/", {"undo": "1"})

    assert not Waiver.objects.exists()


@pytest.mark.parametrize("data", [{}, {"reason": "because"}])
def test_a_reason_that_is_not_on_the_list_is_refused(finding, secretary, client_for, data):
    assert client_for(secretary).post(f"/findings/{finding.pk}/waive/", data).status_code == 404
    assert not Waiver.objects.exists()
