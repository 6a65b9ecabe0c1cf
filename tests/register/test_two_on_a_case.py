"""Two tabs with one case or file: what each changes is kept, and where both change the same, one chooses."""

import pytest

from tests.factories import CaseFactory
from tests.writers import Writer


@pytest.fixture
def case(body, case_officer):
    return CaseFactory(body=body, owner=case_officer, title="Boendestöd", classification="1.1")


def test_what_two_tabs_change_in_different_fields_of_a_case_stands_together(case, client_for, case_officer):
    page = client_for(case_officer)
    first, second = [Writer(page, f"/cases/{case.pk}/edit/") for _tab in range(2)]

    codes = [first.saves(title="Stöd i boendet").status_code, second.saves(classification="2.3").status_code]

    case.refresh_from_db()
    assert codes == [302, 302]
    assert (case.title, case.classification) == ("Stöd i boendet", "2.3")


def test_of_a_title_that_two_have_changed_both_are_shown_and_the_chosen_one_stands(
    case, client_for, case_officer, secretary
):
    first, second = [Writer(client_for(one), f"/cases/{case.pk}/edit/") for one in (case_officer, secretary)]
    first.saves(title="Stöd i boendet")

    answer = second.saves(title="Stöd hemma")
    case.refresh_from_db()
    before = case.title
    second.saves(title="Stöd hemma", settled=answer.context["latest"], keep="mine")

    case.refresh_from_db()
    [row] = answer.context["rows"]
    assert (answer.status_code, before, case.title) == (409, "Stöd i boendet", "Stöd hemma")
    assert (row["mine"], row["theirs"]) == ("Stöd hemma", "Stöd i boendet")


def test_what_two_tabs_change_of_a_file_stands_together(attachment, client_for, case_officer):
    page = client_for(case_officer)
    first, second = [Writer(page, f"/files/{attachment.pk}/edit/") for _tab in range(2)]

    first.saves(title="Avtal")
    second.saves(dated_on="2023-05-02")

    attachment.refresh_from_db()
    assert (attachment.title, str(attachment.dated_on)) == ("Avtal", "2023-05-02")
