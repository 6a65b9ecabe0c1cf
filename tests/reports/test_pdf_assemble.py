"""Many parts in one file: nothing is lost, nothing collides, every link leads where it says."""

import hashlib
import io
import re
import time
from collections import Counter

import pikepdf
import pypdf
import pytest

from reports.pdf import letters
from reports.pdf.errors import AssemblyError
from reports.pdf.inspect import inspect
from reports.pdf.orders import AssemblyPart
from reports.pdf.tags import struct_elements, tag_of
from tests.papers import texts_of
from tests.reports import RISKS, bound, paper, part, tags

TWO_PAGES = """
<div class="first-head"><p>Dnr</p><p class="page-number"></p></div>
<div class="running-head"><p>Dnr</p><p class="page-number"></p></div>
<h1>Lång</h1><p>Första sidan.</p>
<section id="later" style="break-before: page"><h2>Senare</h2><p>Andra sidan.</p></section>
"""


def linking(address: str) -> str:
    return f'<h1>Hänvisning</h1><p>Se <a href="{address}">handlingen</a>.</p>'


def pages_led_to(pdf: pikepdf.Pdf) -> list[int]:
    """Return the page each inner link leads to, from 1."""
    number = {page.obj.objgen: n for n, page in enumerate(pdf.pages, start=1)}
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", []) if "/Dest" in link]
    return [number[names[str(link.Dest)][0].objgen] for link in links]


def annotations_of(element: pikepdf.Object) -> list[tuple[int, int]]:
    return [kid.Obj.objgen for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "handlingar.pdf"


# What is kept ---------------------------------------------------------------------------------------


def test_a_file_of_many_parts_has_no_fault(target):
    bound(target, part("a"), part("b", TWO_PAGES), part("c", linking("xref:b#later")))

    assert inspect(target) == []


def test_every_structure_element_is_kept(target):
    parts = [part("a"), part("b", TWO_PAGES), part("c")]
    before = Counter(Document=1, Part=3)
    for item in parts:
        with pikepdf.open(io.BytesIO(item.pdf)) as pdf:
            before += Counter(tag for tag in tags(pdf) if tag != "Document")

    bound(target, *parts)

    with pikepdf.open(target) as pdf:
        assert Counter(tags(pdf)) == before


def test_every_page_and_link_finds_its_own_elements_in_the_tree(target):
    bound(target, part("a"), part("b", TWO_PAGES), part("c"))

    with pikepdf.open(target) as pdf:
        owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            elements = [element for element in owners[int(page.obj.StructParents)] if element is not None]
            assert {element.Pg.objgen for element in elements} == {page.obj.objgen}
            for link in page.obj.get("/Annots", []):
                assert link.objgen in annotations_of(owners[int(link.StructParent)])


def test_ids_never_collide_and_cells_still_name_their_own_headers(target):
    bound(target, part("a"), part("b"), part("c", RISKS + "<p>Slut.</p>"))

    with pikepdf.open(target) as pdf:
        elements = list(struct_elements(pdf.Root.StructTreeRoot))
        ids = [str(element.ID) for element in elements if "/ID" in element]
        assert len(ids) == len(set(ids)) == 9
        assert sorted(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) == sorted(ids)
        headers = [
            str(header) for element in elements if tag_of(element) == "TD" for header in element.A.Headers
        ]
        assert sorted(Counter(header.rsplit("-", 2)[0] for header in headers).values()) == [2, 2, 2]
        assert set(headers) <= set(ids)


def test_the_same_parts_give_the_same_bytes(tmp_path):
    parts = [part("a"), part("b", linking("xref:a"))]

    first = bound(tmp_path / "first.pdf", *parts)
    time.sleep(1.1)  # the clock's own grain in a PDF is a second
    second = bound(tmp_path / "second.pdf", *parts)

    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()
    assert first == second
    assert first.sha256 == hashlib.sha256((tmp_path / "first.pdf").read_bytes()).hexdigest()


def test_identical_fonts_and_profiles_are_stored_once(tmp_path):
    def streams(*parts):
        bound(tmp_path / "file.pdf", *parts)
        with pikepdf.open(tmp_path / "file.pdf") as pdf:
            programs = [
                item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Length1" in item
            ]
            profiles = [
                item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/N") == 3
            ]
        return len(programs), len(profiles)

    assert streams(part("a"), part("b")) == streams(part("a"), part("b"), part("c"), part("d"))
    assert streams(part("a"), part("b"))[1] == 1


def test_part_files_may_lie_on_disk(tmp_path, target):
    (tmp_path / "a.pdf").write_bytes(paper(RISKS))

    result = bound(target, AssemblyPart("a", "Punkt a", tmp_path / "a.pdf"))

    assert result.pages == 1


# Page numbers ---------------------------------------------------------------------------------------


def test_pages_carry_the_documents_own_number_and_the_files(target):
    result = bound(target, part("a"), part("b", TWO_PAGES))

    assert (result.pages, result.first_pages) == (3, {"a": 1, "b": 2})
    printed = [re.findall(r"Sida \d av \d|\d \(\d\)", text) for text in texts_of(target)]
    assert printed == [["Sida 1 av 3"], ["1 (2)", "Sida 2 av 3"], ["2 (2)", "Sida 3 av 3"]]


def test_a_file_of_one_part_has_the_documents_own_numbers_only(target):
    bound(target, part("b", TWO_PAGES))

    assert "1 (2)" in texts_of(target)[0]
    assert not any("Sida" in text for text in texts_of(target))


def test_a_page_number_stands_upright_inside_its_page_whichever_way_the_page_lies(target):
    bound(target, part("a"), part("b", '<h1>Plan</h1><div class="wide"><p>Bred</p></div>'))

    for page in pypdf.PdfReader(target).pages:
        found = []
        page.extract_text(visitor_text=lambda text, *how, found=found: found.append((text, *how)))
        outer, inner = next((outer, inner) for text, outer, inner, *_ in found if text.startswith("Sida"))
        assert (outer, inner[:4]) == ([1, 0, 0, 1, 0, 0], [1, 0, 0, 1])
        assert 0 < inner[4] < float(page.mediabox.width) - 85
        assert 0 < inner[5] < 40


def test_the_receipt_tells_the_first_page_of_every_part(target):
    result = bound(target, part("a", TWO_PAGES), part("b"), part("c"))

    assert result.first_pages == {"a": 1, "b": 3, "c": 4}


# Links ----------------------------------------------------------------------------------------------


def test_a_link_leads_to_the_first_page_of_another_part(target):
    bound(target, part("a", linking("xref:c")), part("b", TWO_PAGES), part("c"))

    with pikepdf.open(target) as pdf:
        assert pages_led_to(pdf)[0] == 4


def test_a_link_leads_to_a_section_of_another_part(target):
    bound(target, part("a", linking("xref:b#later")), part("b", TWO_PAGES))

    with pikepdf.open(target) as pdf:
        assert pages_led_to(pdf) == [3]


def test_a_links_key_may_have_any_letters(target):
    bound(target, part("a", linking("xref:punkt 4 – bilaga å")), part("punkt 4 – bilaga å"))

    with pikepdf.open(target) as pdf:
        assert pages_led_to(pdf)[0] == 2


def test_a_link_inside_a_part_leads_to_its_own_section_though_others_have_the_same_key(target):
    bound(target, part("a"), part("b"), part("c"))

    with pikepdf.open(target) as pdf:
        assert pages_led_to(pdf) == [1, 2, 3]


def test_a_link_to_a_part_outside_of_the_file_becomes_plain_text(target):
    result = bound(target, part("a", linking("xref:elsewhere#x")), part("b"))

    assert result.dead_links == ("elsewhere.x",)
    assert "handlingen" in texts_of(target)[0]
    with pikepdf.open(target) as pdf:
        assert list(pdf.pages[0].obj.Annots) == []
        assert tags(pdf).count("Link") == 1
    assert inspect(target) == []


# The outline ----------------------------------------------------------------------------------------


def test_the_outline_shows_parts_by_level_and_their_headings_below(target):
    parts = [part("a"), AssemblyPart("b", "Tjänsteskrivelse", paper(RISKS), level=2), part("c", TWO_PAGES)]

    bound(target, *parts)

    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        shown = [(item.title, [child.title for child in item.children]) for item in outline.root]
        assert shown == [
            ("Punkt a", ["Sammanfattning", "Risker", "Tjänsteskrivelse"]),
            ("Punkt c", ["Senare"]),
        ]
        assert [child.title for child in outline.root[0].children[2].children] == ["Sammanfattning", "Risker"]


# What is refused ------------------------------------------------------------------------------------


def untagged() -> bytes:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()


def test_a_part_without_tags_is_refused_by_name(target):
    with pytest.raises(AssemblyError, match=r"“Bilaga 3”.*without tags"):
        bound(target, part("a"), AssemblyPart("annex", "Bilaga 3", untagged()))


def test_a_part_that_is_no_pdf_is_refused_by_name(target):
    with pytest.raises(AssemblyError, match=r"“Bilaga 3”.*not a PDF"):
        bound(target, AssemblyPart("annex", "Bilaga 3", b"PK\x03\x04"))


def test_two_parts_with_one_key_are_refused(target):
    with pytest.raises(AssemblyError, match="key a"):
        bound(target, part("a"), part("a"))


def test_a_file_of_nothing_is_refused(target):
    with pytest.raises(AssemblyError, match="no parts"):
        bound(target)


def test_a_failed_assembly_leaves_the_last_good_file_and_nothing_else(target):
    bound(target, part("a"))
    before = target.read_bytes()

    with pytest.raises(AssemblyError):
        bound(target, part("a"), AssemblyPart("annex", "Bilaga 3", untagged()))

    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_the_letters_of_all_parts_stand_in_one_program_for_each_cut(tmp_path):
    bodies = {key: f"<h1>{text}</h1><p>{text}</p>" for key, text in (("a", "Åtgärd"), ("b", "Quiz 123"))}
    alone = [bound(tmp_path / f"{key}.pdf", part(key, body)) for key, body in bodies.items()]

    whole = bound(tmp_path / "whole.pdf", *(part(key, body) for key, body in bodies.items()))

    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        fonts = list(letters.ours(pdf))
        programs = {letters.cut_of(font): font.FontDescriptor.FontFile2.objgen for font in fonts}
        assert {font.FontDescriptor.FontFile2.objgen for font in fonts} == set(programs.values())
    assert len(fonts) > len(programs) == 2
    assert whole.pages == sum(one.pages for one in alone)
    assert inspect(tmp_path / "whole.pdf") == []


def test_a_font_that_is_not_ours_to_the_letter_keeps_its_own_program():
    wide = dict.fromkeys(range(1, 20), 999)

    assert not letters.is_of(("normal", 400), wide)
    assert not letters.is_of(("normal", 400), {})
