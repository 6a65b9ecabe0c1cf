"""The checker finds every fault that is planted, says where it is, and finds none in a good file."""

import io

import pikepdf
import pytest

from reports.pdf.inspect import inspect, inspect_file, inspect_part
from reports.pdf.orders import AssemblyPart, Fault
from tests.reports import RISKS, bound, foreign, paper, part, planted

DRAWING = '<svg width="40" height="40"><title>Årshjul</title><rect width="40" height="40"/></svg>'


@pytest.fixture
def good(tmp_path):
    target = tmp_path / "handlingar.pdf"
    bound(target, part("a"), part("b", f"<h1>Årshjul</h1><p>{DRAWING}</p>"))
    return target


def spoil(path, spoiler) -> list[Fault]:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoiler(pdf)
        pdf.save()
    return inspect(path)


PLANTED = {
    planted.no_language: ("language", None),
    planted.empty_language: ("language", None),
    planted.no_title: ("title", None),
    planted.title_not_shown: ("title", None),
    planted.not_marked: ("tagged", None),
    planted.no_alt: ("alt", 2),
    planted.blank_alt: ("alt", 2),
    planted.skipped_heading: ("heading", 1),
    planted.late_first_heading: ("heading", 1),
    planted.untagged_page: ("page", 2),
    planted.page_outside_of_the_tree: ("page", 2),
    planted.untagged_link: ("annotation", 1),
    planted.wordless_link: ("annotation", 1),
    planted.inner_address: ("address", 1),
    planted.no_identification: ("identification", None),
    planted.nameless_header_cell: ("header-cell", 1),
    planted.outside_of_the_tags: ("content", 2),
    planted.marked_but_not_tagged: ("content", 2),
    planted.owned_by_nobody: ("content", 2),
    planted.owned_by_what_hangs_nowhere: ("content", 1),
    planted.skipped_heading_of_another_name: ("heading", 1),
    planted.no_alt_of_another_name: ("alt", 2),
    planted.unknown_tag: ("tag", 1),
    planted.no_language_at_all: ("language", None),
    planted.passage_in_no_language: ("language", 1),
    planted.suspects: ("tagged", None),
    planted.script_when_opened: ("action", None),
    planted.actions_of_the_file: ("action", None),
    planted.action_of_a_page: ("action", 2),
    planted.scripts_among_the_names: ("action", None),
    planted.link_to_a_script: ("action", 1),
    planted.no_profile: ("colour", None),
    planted.as_long_as_a_street: ("size", 2),
    planted.as_thin_as_a_thread: ("size", 2),
    planted.hollow: ("tagged", 2),
    planted.unknown_header: ("id", 1),
}


def test_a_good_file_has_no_fault(good):
    assert inspect(good) == []


@pytest.mark.parametrize(
    ("spoiler", "expected"), PLANTED.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_planted_fault_is_found_where_it_is(good, spoiler, expected):
    faults = spoil(good, spoiler)

    assert [(fault.rule, fault.page) for fault in faults] == [expected]


def test_colliding_ids_are_found(good):
    faults = spoil(good, planted.same_id_twice)

    assert [fault.details["times"] for fault in faults if "times" in fault.details] == [2]


def test_colliding_ids_are_found_in_the_file_that_is_bound_without_looking_at_all_its_tags(good):
    with pikepdf.open(good) as pdf:
        planted.same_id_twice(pdf)

        assert [fault.rule for fault in inspect_file(pdf)] == ["id"]


def test_an_id_that_its_part_does_not_list_is_found_in_the_part():
    with pikepdf.open(io.BytesIO(paper(RISKS))) as pdf:
        planted.unlisted_id(pdf)
        _pages, faults = inspect_part(foreign.saved(pdf))

    assert [(fault.rule, fault.details) for fault in faults] == [("id", {"id": "risk"})]


def test_an_id_made_for_an_annex_is_never_that_of_another_part(tmp_path):
    ours = foreign.changed(paper(RISKS), planted.called("2-cell"))
    annex = foreign.changed(paper(f"{RISKS}<p>Bilaga</p>"), planted.called("cell"), planted.ids_not_listed)

    bound(tmp_path / "file.pdf", AssemblyPart("a", "Vår", ours), AssemblyPart("b", "Bilaga", annex))

    assert inspect(tmp_path / "file.pdf") == []


def test_a_header_cell_need_not_say_what_it_heads_when_a_cell_names_it(good):
    assert spoil(good, planted.named_header_cell) == []


def test_a_group_where_only_rows_may_stand_is_found(good):
    faults = spoil(good, planted.group_in_a_table)

    assert {(fault.rule, fault.details["tag"], fault.details["inside"]) for fault in faults} == {
        ("tag", "Div", "TBody"),
        ("tag", "TR", "Div"),
    }


def test_list_items_outside_of_a_list_are_found(good):
    faults = spoil(good, planted.list_item_without_a_list)

    assert [(fault.rule, fault.page, fault.details) for fault in faults] == [
        ("tag", 1, {"tag": "LI", "inside": "Sect"})
    ] * 2


@pytest.mark.parametrize(
    ("spoiler", "rule"),
    [
        (planted.without_tags, "tagged"),
        (planted.hollow_part, "tagged"),
        (planted.as_long_as_a_street, "size"),
    ],
)
def test_an_annex_is_told_by_its_first_page(spoiler, rule):
    _pages, faults = inspect_part(foreign.changed(paper(RISKS), spoiler))

    assert [(fault.rule, fault.page) for fault in faults] == [(rule, 1)]


def test_a_font_outside_of_the_file_is_found(good):
    faults = spoil(good, planted.missing_font)

    assert {fault.rule for fault in faults} == {"font"}
    assert "Source-Sans-3" in faults[0].details["name"]


def test_a_file_without_any_tags_is_found(tmp_path):
    bare = tmp_path / "bare.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)

    assert {"language", "title", "identification", "tagged", "colour", "page"} == {
        fault.rule for fault in inspect(bare)
    }


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<h1>Plan</h1><h3>För djupt</h3>", "heading"),
        ("<h2>För sent</h2>", "heading"),
        ('<h1>Plan</h1><svg width="9" height="9"><rect width="9" height="9"/></svg>', "alt"),
        ('<h1>Plan</h1><p><a href="/cases/3/">ärendet</a></p>', "address"),
    ],
)
def test_a_fault_in_a_parts_html_is_found_in_the_file(tmp_path, body, rule):
    bound(tmp_path / "file.pdf", part("a", body))

    assert [fault.rule for fault in inspect(tmp_path / "file.pdf")] == [rule]
