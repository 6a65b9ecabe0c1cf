"""The checker finds every fault that is planted, says where it is, and finds none in a good file."""

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from reports.pdf.inspect import Fault, inspect
from reports.pdf.tags import struct_elements, tag_of
from tests.reports import bound, part

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


def first(pdf, tag):
    return next(element for element in struct_elements(pdf.Root.StructTreeRoot) if tag_of(element) == tag)


def drop(holder, place):
    del holder[place]


def no_language(pdf):
    drop(pdf.Root, "/Lang")


def empty_language(pdf):
    pdf.Root.Lang = String("")


def no_title(pdf):
    drop(pdf.docinfo, "/Title")


def title_not_shown(pdf):
    drop(pdf.Root, "/ViewerPreferences")


def not_marked(pdf):
    drop(pdf.Root, "/MarkInfo")


def no_alt(pdf):
    drop(first(pdf, "Figure"), "/Alt")


def blank_alt(pdf):
    first(pdf, "Figure").Alt = String(" ")


def skipped_heading(pdf):
    first(pdf, "H2").S = Name.H3


def late_first_heading(pdf):
    first(pdf, "H1").S = Name.P


def blind_header_cell(pdf):
    cell = first(pdf, "TH")
    drop(cell.A, "/Scope")
    drop(cell, "/ID")


def unknown_header(pdf):
    first(pdf, "TD").A.Headers[0] = String("nobody")


def same_id_twice(pdf):
    heads = [element for element in struct_elements(pdf.Root.StructTreeRoot) if tag_of(element) == "TH"]
    heads[1].ID = heads[0].ID


def untagged_page(pdf):
    drop(pdf.pages[1].obj, "/StructParents")


def page_outside_of_the_tree(pdf):
    pdf.pages[1].obj.StructParents = 999


def untagged_link(pdf):
    drop(pdf.pages[0].obj.Annots[0], "/StructParent")


def wordless_link(pdf):
    drop(pdf.pages[0].obj.Annots[0], "/Contents")


def inner_address(pdf):
    link = pdf.pages[0].obj.Annots[0]
    drop(link, "/Dest")
    link.A = Dictionary(S=Name.URI, URI=String("/cases/3/"))


def missing_font(pdf):
    descriptor = next(item for item in pdf.objects if isinstance(item, Dictionary) and "/FontFile2" in item)
    drop(descriptor, "/FontFile2")


def no_identification(pdf):
    text = pdf.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b"")
    pdf.Root.Metadata.write(text)


PLANTED = {
    no_language: ("language", None),
    empty_language: ("language", None),
    no_title: ("title", None),
    title_not_shown: ("title", None),
    not_marked: ("tagged", None),
    no_alt: ("alt", 2),
    blank_alt: ("alt", 2),
    skipped_heading: ("heading", 1),
    late_first_heading: ("heading", 1),
    untagged_page: ("page", 2),
    page_outside_of_the_tree: ("page", 2),
    untagged_link: ("annotation", 1),
    wordless_link: ("annotation", 1),
    inner_address: ("address", 1),
    no_identification: ("identification", None),
    blind_header_cell: ("header-cell", 1),
    unknown_header: ("id", 1),
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
    faults = spoil(good, same_id_twice)

    assert "2 elements have the id " in " ".join(fault.message for fault in faults if fault.rule == "id")


def test_a_font_outside_of_the_file_is_found(good):
    faults = spoil(good, missing_font)

    assert {fault.rule for fault in faults} == {"font"}
    assert "Source-Sans-3" in faults[0].message


def test_a_file_without_any_tags_is_found(tmp_path):
    bare = tmp_path / "bare.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)

    assert {"language", "title", "identification", "tagged", "page"} == {
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
