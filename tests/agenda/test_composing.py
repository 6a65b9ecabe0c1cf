"""Kallelse and handlingar as they are composed: what stands in them, in which order, for whom."""

import pytest

from cases.agenda.services import withdraw_item
from cases.register.services import attach, judge_attachment
from reports.audiences import Audience
from reports.composing import composers
from tests.agenda.files import upload
from tests.factories import TODAY, DocumentFactory, ItemFactory, call


def compose(meeting, kind="handlingar", audience=Audience.MEMBERS):
    return composers[kind].compose(meeting, audience)


def rows(meeting, audience=Audience.MEMBERS):
    (part,) = compose(meeting, "kallelse", audience).parts
    return part.data["items"]


@pytest.fixture
def report(meeting):
    texts = {"summary": "<p>Kort sagt.</p>", "matter": "<p>Långt.</p>", "economy": "<p>Inget.</p>"}
    return DocumentFactory(case__body=meeting.body, title="Plan", texts=texts, status="approved")


def test_the_summons_says_where_when_and_who(meeting):
    data = compose(meeting, "kallelse").parts[0].data

    assert data["day"].endswith("13\u00a0juni 2023")
    assert (data["place"], data["secretary_email"]) == (meeting.place, meeting.secretary.email)
    assert data["chair"] == str(meeting.chair)


def test_the_summons_lists_each_item_with_number_case_and_presenters(meeting, report, case_officer):
    ItemFactory(meeting=meeting, title="Först")
    ItemFactory(meeting=meeting, title="Plan", case=report.case, presenters=[case_officer], minutes=20)

    first, second = rows(meeting)

    assert (first["number"], first["title"], first["case_number"]) == (1, "Först", "")
    assert (second["number"], second["case_number"]) == (2, report.case.number)
    assert (second["presenters"], second["minutes"]) == ([case_officer.with_title], 20)


def test_a_withdrawn_item_stands_in_the_summons_as_withdrawn(meeting):
    items = [ItemFactory(meeting=meeting) for _time in range(2)]
    call(meeting)

    withdraw_item(items[0], reason="Utgår", by=meeting.secretary)

    assert [(row["number"], row["is_withdrawn"]) for row in rows(meeting)] == [(1, True), (2, False)]
    contents = next(part for part in compose(meeting).parts if part.key == "contents")
    assert [row["is_withdrawn"] for row in contents.data["rows"]] == [True, False]


def test_the_papers_begin_with_summons_and_contents_and_go_on_item_by_item(meeting, report):
    annex = DocumentFactory(case=report.case, title="Bilaga", status="approved")
    first = ItemFactory(meeting=meeting, title="Information")
    second = ItemFactory(meeting=meeting, title="Plan", case=report.case, document=report, papers=[annex])

    parts = compose(meeting).parts

    assert [part.key for part in parts] == [
        "kallelse",
        "contents",
        f"item-{first.pk}",
        f"item-{second.pk}",
        f"item-{second.pk}-document-{report.pk}",
        f"item-{second.pk}-document-{annex.pk}",
    ]
    assert [part.level for part in parts] == [1, 1, 1, 1, 2, 2]


def test_the_sheet_takes_the_reports_own_words_by_key(meeting, report):
    ItemFactory(meeting=meeting, case=report.case, document=report)

    sheet = compose(meeting).parts[2]

    assert [(section["key"], section["text"]) for section in sheet.data["sections"]] == [
        ("summary", "<p>Kort sagt.</p>"),
        ("economy", "<p>Inget.</p>"),
    ]


def test_an_item_without_a_report_prints_its_own_text(meeting):
    ItemFactory(meeting=meeting, text="<p>Muntlig information.</p>")

    sheet = compose(meeting).parts[2]

    assert [section["text"] for section in sheet.data["sections"]] == ["<p>Muntlig information.</p>"]


def test_values_in_an_items_own_text_are_filled_in(meeting):
    chip = '<span data-figure="meeting.date" data-args=\'{"form":"iso"}\'>x</span>'
    ItemFactory(meeting=meeting, text=f"<p>Mötet {chip}</p>")

    assert "2023-06-13" in compose(meeting).parts[2].body()


def test_a_file_beside_the_papers_is_named_on_the_sheet(meeting, report):
    file = attach(report.case, upload("Ritning"), title="Ritning", dated_on=TODAY, by=report.author)
    ItemFactory(meeting=meeting, case=report.case, papers=[judge_attachment(file)])

    assert compose(meeting).parts[2].data["files"] == [{"title": "Ritning", "pages": 1}]


def test_the_contents_list_every_part_that_follows(meeting, report):
    ItemFactory(meeting=meeting, case=report.case, document=report)

    parts = compose(meeting).parts

    assert [row["key"] for row in parts[1].data["rows"]] == [part.key for part in parts[2:]]


def test_an_approved_report_prints_as_it_was_frozen(meeting, report):
    before = compose(meeting).fingerprint
    report.template.label = "NYTT NAMN"
    report.template.save()

    assert compose(meeting).fingerprint == before


# Whose papers hold what.     staff members public
HOLDS = {
    "a secret item": (True, False, False),
    "a secret document": (True, False, False),
    "a draft": (True, False, False),
    "a secret file": (True, False, False),
    "an open document": (True, True, True),
}


@pytest.mark.parametrize(("place", "audience"), [(0, "staff"), (1, "members"), (2, "public")])
def test_each_audience_gets_what_it_may_have(place, audience, meeting, report):
    case = report.case
    hidden = DocumentFactory(case=case, title="Dold", is_secret=True, status="approved")
    draft = DocumentFactory(case=case, title="Utkast")
    file = attach(
        case, upload("Hemlig fil"), title="Hemlig fil", dated_on=TODAY, by=report.author, is_secret=True
    )
    ItemFactory(meeting=meeting, title="Punkt", case=case, document=report, papers=[hidden, draft, file])
    ItemFactory(meeting=meeting, secret=True)

    composition = compose(meeting, audience=audience)

    titles = [part.data["title"] for part in composition.parts[2:]]
    files = [file["title"] for file in composition.parts[2].data["files"]]
    found = {
        "a secret item": "Individärende – sekretess" in titles,
        "a secret document": "Dold" in titles,
        "a draft": "Utkast" in titles,
        "a secret file": "Hemlig fil" in files,
        "an open document": "Plan" in titles,
    }
    assert found == {what: holds[place] for what, holds in HOLDS.items()}


def test_an_item_whose_report_nobody_has_approved_says_that_papers_come_later(meeting):
    draft = DocumentFactory(case__body=meeting.body, texts={"summary": "<p>Ofärdigt.</p>"})
    ItemFactory(meeting=meeting, title="Punkt", case=draft.case, document=draft)

    for_staff, for_members = (compose(meeting, audience=one).parts[2].data for one in ("staff", "members"))

    assert (for_staff["papers_later"], len(for_staff["sections"])) == (False, 1)
    assert (for_members["papers_later"], for_members["sections"], for_members["proposals"]) == (True, [], [])


def test_a_secret_document_is_not_named_among_what_a_decision_rests_on(meeting):
    hidden = DocumentFactory(
        case__body=meeting.body, title="Dold utredning", is_secret=True, status="approved"
    )
    report = DocumentFactory(case=hidden.case, title="Plan")
    report.basis.create(basis_document=hidden)
    report.basis.create(outside_title="Öppen utredning", position=1)
    ItemFactory(meeting=meeting, case=report.case, papers=[report])

    def rests_on(audience):
        part = composers["document"].compose(report, audience).parts[0]
        rows = next(section["data"]["rows"] for section in part.data["sections"] if section["key"] == "basis")
        return [row["title"] for row in rows]

    assert rests_on("staff") == ["Tjänsteskrivelse – Dold utredning", "Öppen utredning"]
    assert rests_on("members") == rests_on("public") == ["Öppen utredning"]
