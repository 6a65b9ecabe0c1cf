"""A report is written section by section, by many, and comes out in chapters."""

import datetime as dt

import pytest

from cases.register import services
from cases.register.composers import document_parts, find_report
from cases.register.content import content_of
from cases.register.models import Document, DocumentTemplate, Section, TemplateSection
from committee.models import Period
from core.desk import rules as desk_rules
from core.missing import missing_in
from core.services import take_step
from core.workflow import StepNotYet
from tests.factories import CaseFactory, PeriodFactory

# Key, heading, level, begins a part, required.
SECTIONS = [
    ("summary", "Sammanfattning", 1, True, True),
    ("economy", "Ekonomi", 1, True, False),
    ("analysis", "Analys", 2, False, True),
    ("events", "Händelser", 1, True, False),
]


@pytest.fixture
def template(body):
    made = DocumentTemplate.objects.create(
        municipality=body.municipality,
        kind="delarsrapport",
        name="Delårsrapport",
        label="DELÅRSRAPPORT",
        is_report=True,
    )
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=made,
            position=place,
            key=key,
            heading=heading,
            level=level,
            begins_part=begins,
            is_required=required,
        )
        for place, (key, heading, level, begins, required) in enumerate(SECTIONS)
    )
    return made


@pytest.fixture
def period(body):
    return PeriodFactory(
        body=body,
        kind=Period.Kind.INTERIM,
        number=2,
        starts_on=dt.date(2023, 1, 1),
        ends_on=dt.date(2023, 8, 31),
    )


def begin(template, body, author, period):
    case = CaseFactory(body=body, owner=author)
    return services.begin_document(
        case,
        template,
        title=f"Delårsrapport {period.number} {period.year}",
        author=author,
        dated_on=dt.date(2023, 9, 12),
        subject=period,
        by=author,
    )


@pytest.fixture
def report(template, body, case_officer, period):
    return begin(template, body, case_officer, period)


def write(report, key, text, by):
    section = report.sections.get(key=key)
    services.save_sections(report, texts={section.pk: (text, section.version)}, by=by)
    return report.sections.get(key=key)


def test_headings_are_numbered_by_their_levels(report):
    numbers = [(section["number"], section["heading"]) for section in content_of(report)["sections"]]

    assert numbers == [("1", "Sammanfattning"), ("2", "Ekonomi"), ("2.1", "Analys"), ("3", "Händelser")]


def test_chapters_are_parts_of_their_own_with_their_contents_before_them(report, case_officer):
    write(report, "analysis", "<p>Prognosen är bättre.</p>", case_officer)
    loaded = Document.objects.with_content().get(pk=report.pk)

    parts = document_parts(loaded, "staff", key="document")

    assert [(part.key, part.level, part.contents) for part in parts] == [
        ("document", 1, False),
        ("document-contents", 2, True),
        ("document-summary", 2, False),
        ("document-economy", 2, False),
        ("document-events", 2, False),
    ]
    economy = parts[3].body()
    assert "<h1>2\u2002Ekonomi</h1>" in economy
    assert "<h2>2.1\u2002Analys</h2>" in economy
    assert "<p>Prognosen är bättre.</p>" in economy


def test_a_document_that_is_no_report_stays_one_part(document):
    loaded = Document.objects.with_content().get(pk=document.pk)

    assert len(document_parts(loaded, "staff", key="document")) == 1


def test_a_section_is_done_until_somebody_changes_its_text(report, case_officer):
    section = write(report, "summary", "<p>Målen nås.</p>", case_officer)

    done = services.finish_section(section, by=case_officer)
    assert done.is_done

    assert not write(report, "summary", "<p>Målen nås inte.</p>", case_officer).is_done


def test_a_required_section_is_not_done_while_it_is_empty(report, case_officer):
    section = report.sections.get(key="summary")

    with pytest.raises(services.NothingWritten, match="Sammanfattning"):
        services.finish_section(section, by=case_officer)

    assert not report.sections.get(key="summary").is_done


def test_a_report_is_ready_when_all_its_sections_are_done(report, case_officer):
    with pytest.raises(StepNotYet, match="Sammanfattning"):
        take_step(report, "finish", by=case_officer)

    for section in report.sections.all():
        services.finish_section(write(report, section.key, "<p>Text.</p>", case_officer), by=case_officer)
    take_step(report, "finish", by=case_officer)

    assert Document.objects.get(pk=report.pk).status == Document.Status.READY


def test_who_is_to_write_a_section_finds_it_on_their_desk_until_it_is_done(report, case_officer, head):
    section = write(report, "events", "<p>Text.</p>", case_officer)
    services.share_sections(report, {section.pk: (head, dt.date(2023, 9, 1))}, by=case_officer)
    mine = desk_rules["register.sections"]

    [item] = mine(head, dt.date(2023, 9, 2))
    services.finish_section(section, by=head)

    assert (item.title, item.due_on, item.status) == (
        "Skriv ”Händelser”",
        dt.date(2023, 9, 1),
        "bad",
    )
    assert mine(head, dt.date(2023, 9, 2)) == []


def test_who_has_a_section_may_write_in_the_report_and_others_may_not(report, case_officer, head, colleague):
    section = report.sections.get(key="events")
    services.share_sections(report, {section.pk: (head, None)}, by=case_officer)

    assert head.has_perm("register.change_document", report)
    assert not colleague.has_perm("register.change_document", report)


def test_it_is_found_by_its_period(report):
    report.case.body.prefix = "SN"
    report.case.body.save()

    assert find_report(["SN", "2023", "delar2"]) == report


def test_the_page_shows_one_section_and_how_far_all_have_come(report, case_officer, client_for):
    write(report, "summary", "<p>Målen nås.</p>", case_officer)
    services.finish_section(report.sections.get(key="summary"), by=case_officer)

    page = client_for(case_officer).get(report.get_absolute_url()).content.decode()

    assert "1 av 4 avsnitt klara" in page
    assert page.count("data-django-prose-editor") == 1
    assert 'id="section-economy"' in page


def test_a_section_is_marked_as_done_and_the_next_one_comes(report, case_officer, client_for):
    browser = client_for(case_officer)
    section = report.sections.get(key="summary")

    answer = browser.post(
        f"/documents/{report.pk}/save/",
        {
            f"text-{section.pk}": "<p>Målen nås.</p>",
            f"version-{section.pk}": section.version,
            "section": "summary",
            "done": "1",
        },
    )

    assert answer.headers["Location"] == f"/documents/{report.pk}/?section=economy"
    saved = Section.objects.get(pk=section.pk)
    assert (saved.is_done, saved.text) == (True, "<p>Målen nås.</p>")


def test_what_the_last_report_said_stands_beside_its_section(
    report, template, body, case_officer, client_for, period
):
    before = PeriodFactory(
        body=body,
        kind=Period.Kind.INTERIM,
        number=1,
        starts_on=dt.date(2023, 1, 1),
        ends_on=dt.date(2023, 4, 30),
    )
    earlier = begin(template, body, case_officer, before)
    write(earlier, "economy", "<p>Så sade vi i april.</p>", case_officer)

    page = client_for(case_officer).get(f"{report.get_absolute_url()}?section=economy").content.decode()

    assert "Så sade vi i april." in page


def test_the_sections_are_shared_out_on_one_page(report, case_officer, head, client_for):
    browser = client_for(case_officer)
    sections = list(report.sections.all())
    posted = {"form-TOTAL_FORMS": len(sections), "form-INITIAL_FORMS": len(sections)}
    for place, section in enumerate(sections):
        posted |= {
            f"form-{place}-section": section.pk,
            f"form-{place}-responsible": head.pk if place == 0 else "",
            f"form-{place}-due_on": "2023-09-01" if place == 0 else "",
        }

    browser.post(f"/documents/{report.pk}/sections/", posted)

    assert [(one.responsible, one.due_on) for one in report.sections.all()][:2] == [
        (head, dt.date(2023, 9, 1)),
        (None, None),
    ]


def test_a_day_that_is_none_is_refused_at_its_row_and_nothing_is_lost(report, case_officer, head, client_for):
    browser = client_for(case_officer)
    section = report.sections.first()
    left = {"form-TOTAL_FORMS": 4, "form-INITIAL_FORMS": 4}
    for place, one in enumerate(report.sections.all()):
        left |= {f"form-{place}-section": one.pk, f"form-{place}-responsible": head.pk}

    answer = browser.post(f"/documents/{report.pk}/sections/", left | {"form-0-due_on": "i morgon"})

    assert answer.status_code == 422
    assert "i morgon" in answer.content.decode()
    assert report.sections.get(pk=section.pk).responsible is None


def test_who_may_not_write_shares_nothing_out(report, member, client_for):
    assert client_for(member).get(f"/documents/{report.pk}/sections/").status_code == 404


def test_who_is_late_tells_of_the_sections_that_are_not_done_to_who_may_see_them(
    report, period, case_officer, stranger
):
    left = [section.heading for section in report.sections.to_finish()]

    assert [one.title for one in missing_in(period, case_officer)] == sorted(f"Skriv ”{one}”" for one in left)
    assert left
    assert missing_in(period, stranger) == []
