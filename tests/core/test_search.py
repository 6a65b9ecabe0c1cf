"""A number is found however people write it. Who may see what: tests/register/test_visible.py."""

import pytest

from cases.register.models import Case
from core.search import find
from tests.factories import CaseFactory, DocumentFactory, MeetingFactory


@pytest.fixture
def case(body, secretary):
    CaseFactory(body=body, number="SN/2023:00018", title="En annan sak")
    CaseFactory(body=body, number="SN/2022:00183", title="Förra året")
    return CaseFactory(body=body, number="SN/2023:00183", title="Internkontrollplan 2023")


WAYS = [
    "SN/2023:00183",
    "SN 2023:183",
    "sn/2023:00183",
    "2023-183",
    "SN2023/183",
    "sn2023183",
    "SN202300183",
    "2023:183",
    "  sn 2023-00183 ",
    "SN\u00a02023:183",
]


def titles(person, text):
    return [hit.title for hit in find(person, text)]


@pytest.mark.parametrize("written", WAYS)
def test_a_case_is_found_by_its_number_however_it_is_written(case, secretary, written):
    assert titles(secretary, written) == ["Internkontrollplan 2023"]


@pytest.mark.parametrize("written", WAYS)
def test_its_documents_are_found_by_the_same_number(case, secretary, written):
    DocumentFactory(case=case, title="Tjänsteskrivelse om planen")

    assert titles(secretary, written) == ["Internkontrollplan 2023", "Tjänsteskrivelse om planen"]


def test_a_number_alone_finds_the_case_and_its_documents(case, secretary):
    DocumentFactory(case=case, title="Tjänsteskrivelse om planen")

    assert titles(secretary, "00183") == [
        "Internkontrollplan 2023",
        "Förra året",
        "Tjänsteskrivelse om planen",
    ]


@pytest.mark.parametrize("written", ["ny kallelse", "kallelse"])
def test_the_next_meeting_to_call_to_is_reached_by_its_command(body, secretary, member, written):
    MeetingFactory(body=body, status="called")
    planned = MeetingFactory(body=body)

    assert planned.get_absolute_url() in [hit.url for hit in find(secretary, written)]
    assert find(member, written) == []


def test_there_is_no_summons_to_begin_without_a_planned_meeting(body, secretary):
    MeetingFactory(body=body, status="called")

    assert find(secretary, "ny kallelse") == []


@pytest.mark.parametrize(
    ("written", "url"), [("nytt ärende", "/cases/new/"), ("ny handling", "/cases/?show=mine")]
)
def test_what_can_be_begun_is_found_by_its_name(body, secretary, stranger, written, url):
    assert [hit.url for hit in find(secretary, written)] == [url]
    assert find(stranger, written) == []


@pytest.mark.parametrize(
    "written", ["SN/2023:99999", "AN 2023:183", "2023-1", "183 183", "kontrollplan 2022"]
)
def test_what_is_not_there_is_not_found(case, secretary, written):
    assert titles(secretary, written) == []


@pytest.mark.parametrize("words", ["internkontroll", "plan 2023", "2023 INTERN"])
def test_a_case_is_found_by_words_of_its_title_in_any_order(case, secretary, words):
    assert "Internkontrollplan 2023" in titles(secretary, words)


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u00a0"])
def test_searching_for_nothing_finds_nothing(case, secretary, text):
    assert find(secretary, text) == []


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "'; DROP TABLE register_case;--", "a" * 5000, "SN\x00/2023:00183"]
)
def test_strange_input_is_only_looked_for(case, secretary, text):
    find(secretary, text)

    assert Case.objects.count() == 3


def test_a_numbers_last_digits_are_not_the_end_of_another(case, secretary):
    assert titles(secretary, "2023:83") == []


def test_another_bodys_prefix_that_ends_alike_is_another_number(case, secretary):
    case.body.prefix = "XSN"
    case.body.save()
    CaseFactory(body=case.body, number="XSN/2023:00183", title="Annan nämnds")

    assert titles(secretary, "SN 2023:183") == ["Internkontrollplan 2023"]


def test_a_whole_page_of_text_is_answered_in_our_own_words(secretary, client_for):
    page = client_for(secretary).get("/search/", {"q": "ord " * 1250}).content.decode()

    assert "Inget hittades" in page
    assert 'maxlength="200"' in page
