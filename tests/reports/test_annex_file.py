"""A file with annexes of all three verdicts: conformant whatever they are."""

import hashlib
import io

import pikepdf
import pypdf
import pytest
from django.utils import translation
from pikepdf import Dictionary, Name, NameTree

from reports.annexes.merged import prepare_merged
from reports.annexes.pieces import embedded, pieces_of
from reports.pdf.assemble import assemble
from reports.pdf.errors import AssemblyError
from reports.pdf.inspect import inspect
from reports.pdf.orders import AssemblyPart, Embedded, Order
from reports.pdf.tags import struct_elements, tag_of
from tests.papers import pages_of, texts_of
from tests.reports import foreign, part, tags
from tests.reports.annexes import annex, parts_of
from tests.reports.test_pdf_assemble import pages_led_to
from tests.reports.verapdf import needs_verapdf, refused_by_verapdf


def prepared(content: bytes | None = None, **how) -> bytes:
    return prepare_merged(io.BytesIO(content or foreign.conformant()), **how)


def bind(target, parts, attachments=()):
    return assemble(
        Order(
            parts,
            title="Handlingar",
            author="Socialnämnden",
            lang="sv",
            target=target,
            attachments=attachments,
        )
    )


@pytest.fixture
def all_three(tmp_path):
    """A file with an annex of each verdict, between two parts of ours."""
    with translation.override("sv"):
        as_pages = annex(foreign.conformant(), "Rapport")
        as_pictures = annex(foreign.written("Ett", "Två", rotate=90, matrix="0 1 -1 0 150 50"), "Ritning")
        as_it_came = annex(foreign.locked(), "Låst avtal")
        scan = annex(foreign.scanned(coloured=True), "Skannad skrivelse")
        annexes = {"pages": as_pages, "pictures": as_pictures, "scan": scan, "original": as_it_came}
        parts = [made for key, whole in annexes.items() for made in parts_of(key, whole)]
    target = tmp_path / "handlingar.pdf"
    bind(target, [part("a"), *parts, part("z")], [embedded(as_it_came)])
    return target


# The whole ---------------------------------------------------------------------------------------


def test_our_inspection_finds_no_fault_in_it(all_three):
    assert inspect(all_three) == []


@needs_verapdf
def test_verapdf_accepts_it(all_three):
    assert refused_by_verapdf(all_three) == ""


def test_an_untagged_annex_is_refused_and_found(all_three, tmp_path):
    with pytest.raises(AssemblyError, match="without tags"):
        bind(tmp_path / "other.pdf", [part("a"), AssemblyPart("b", "Bilaga", foreign.written("Utan taggar"))])

    with pikepdf.open(all_three, allow_overwriting_input=True) as pdf:
        pdf.pages.extend(pikepdf.open(io.BytesIO(foreign.written("Utan taggar"))).pages)
        pages = len(pdf.pages)
        pdf.save()
    assert ("page", pages) in [(fault.rule, fault.page) for fault in inspect(all_three)]


def test_the_divider_says_what_the_file_is_and_why(all_three):
    text = pages_of(all_three)[-2]

    for word in ("Låst avtal", "lösenord", "inbäddad", "Låst avtal.pdf"):
        assert word in text


def test_every_page_is_numbered_where_its_reader_looks(all_three):
    pages = texts_of(all_three)

    assert [n for n, text in enumerate(pages, 1) if f"Sida {n} av {len(pages)}" not in text] == []


def test_a_piece_that_goes_on_has_no_bookmark_of_its_own(tmp_path):
    target = tmp_path / "handlingar.pdf"

    bind(target, [part("a"), *parts_of("b", annex(foreign.pages(12)))])

    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        [item] = outline.root
        assert [child.title for child in item.children][-1:] == ["Ritning"]
        assert len(pdf.pages) == 13


# Merged ------------------------------------------------------------------------------------------


def test_a_merged_annex_keeps_its_tags_but_the_outermost():
    with pikepdf.open(io.BytesIO(foreign.conformant())) as pdf:
        before = tags(pdf)

    with pikepdf.open(io.BytesIO(prepared())) as pdf:
        assert tags(pdf) == before


def test_a_turned_page_stays_turned():
    with pikepdf.open(io.BytesIO(prepared())) as pdf:
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [0, 90, 0]


def test_headings_begin_at_the_level_that_is_asked_for():
    with pikepdf.open(io.BytesIO(prepared())) as pdf:
        before = [tag for tag in tags(pdf) if tag[0] == "H"]

    with pikepdf.open(io.BytesIO(prepared(top=2))) as pdf:
        after = [tag for tag in tags(pdf) if tag[0] == "H"]

    assert before == ["H1", "H2", "H2", "H1", "H2"]
    assert after == ["H2", "H3", "H3", "H2", "H3"]


def test_own_names_of_tags_become_the_standard_ones():
    def renamed(pdf):
        root = pdf.Root.StructTreeRoot
        root.RoleMap = pikepdf.Dictionary({"/Brödtext": Name.Normal, "/Normal": Name.P})
        for element in struct_elements(root):
            if tag_of(element) == "P":
                element.S = Name("/Brödtext")

    content = foreign.changed(foreign.conformant(), renamed)

    assert annex(content).verdict == "merged"
    with pikepdf.open(io.BytesIO(prepared(content))) as pdf:
        assert "P" in tags(pdf)
        assert "/RoleMap" not in pdf.Root.StructTreeRoot


def test_links_lead_where_they_led_in_the_new_place(tmp_path):
    target = tmp_path / "handlingar.pdf"

    bind(target, [part("a", "<h1>Först</h1>"), *parts_of("b", annex(foreign.conformant()))])

    with pikepdf.open(target) as pdf:
        assert pages_led_to(pdf) == [2, 4]
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert [str(link.A.URI) for link in links if "/A" in link] == ["https://exempel.se/"]


@pytest.mark.parametrize("kind", ["Launch", "GoToR", "Named", "SubmitForm"])
def test_other_actions_of_links_go_and_their_words_stay(kind, tmp_path):
    def lead_elsewhere(pdf):
        for page in pdf.pages:
            for link in page.obj.get("/Annots", []):
                if "/A" in link:
                    link.A = pikepdf.Dictionary(S=Name(f"/{kind}"), F="program.exe")

    content = foreign.changed(foreign.conformant(), lead_elsewhere)
    target = tmp_path / "handlingar.pdf"

    bind(target, [part("a"), AssemblyPart("b", "Bilaga", prepared(content))])

    with pikepdf.open(target) as pdf:
        assert not any("/A" in link for page in pdf.pages for link in page.obj.get("/Annots", []))
        assert "Span" in tags(pdf)
    assert inspect(target) == []
    assert "webben" in texts_of(target)[-2]


def titles(entries):
    return [(one.title, titles(one.children)) for one in entries]


def test_the_outline_of_the_annex_hangs_below_its_entry(tmp_path):
    def outline(pdf):
        with pdf.open_outline() as found:
            chapter = pikepdf.OutlineItem("Kapitel 1", 0)
            chapter.children += [pikepdf.OutlineItem("Avsnitt", 2, "XYZ", top=500)]
            web = pikepdf.OutlineItem("Webben", action=Dictionary(S=Name.URI, URI="https://exempel.se/"))
            web.children += [pikepdf.OutlineItem("Kapitel 2", 1)]
            found.root[:] = [chapter, web]

    target = tmp_path / "handlingar.pdf"
    content = foreign.changed(foreign.conformant(), outline)

    bind(target, [part("a"), *parts_of("b", annex(content, "Rapport"))])

    with pikepdf.open(target) as pdf, pdf.open_outline() as found:
        [first] = found.root
        rapport = first.children[-1]
        assert (rapport.title, titles(rapport.children)) == (
            "Rapport",
            [("Kapitel 1", [("Avsnitt", [])]), ("Kapitel 2", [])],
        )
        leads = rapport.children[0].children[0].destination
        assert leads[0].objgen == pdf.pages[3].obj.objgen
        assert 500 < float(leads[3]) < 530


def test_an_outline_that_leads_back_into_itself_comes_to_an_end():
    def loop(pdf):
        outlines = pdf.Root.Outlines
        outlines.First.Next = outlines.First
        outlines.First.First = outlines.First

    content = foreign.changed(foreign.conformant(), loop)

    with pikepdf.open(io.BytesIO(prepared(content))) as pdf:
        assert "/Next" not in pdf.Root.Outlines.get("/First", Dictionary())


def test_the_same_annex_gives_the_same_bytes():
    assert prepared() == prepared()


# Attached ----------------------------------------------------------------------------------------


def test_the_original_is_in_the_file_byte_for_byte(all_three):
    [(name, found)] = pypdf.PdfReader(all_three).attachments.items()

    original = annex(foreign.locked(), "x")
    assert name == "Låst avtal.pdf"
    assert found[0][:5] == b"%PDF-"
    assert len(found[0]) == original.size


def test_an_embedded_file_says_what_it_is_to_the_pages(tmp_path):
    target = tmp_path / "handlingar.pdf"
    data = Embedded("data.json", b"{}", "application/json", "Uppgifterna bakom tabellerna", "Data")

    bind(target, [part("a")], [data])

    with pikepdf.open(target) as pdf:
        [specification] = pdf.Root.AF
        assert specification.AFRelationship == Name.Data
        assert specification.EF.F.Subtype == Name("/application/json")
        assert str(specification.Desc) == "Uppgifterna bakom tabellerna"
        assert [str(name) for name, _found in NameTree(pdf.Root.Names.EmbeddedFiles).items()] == ["data.json"]


def test_two_files_of_the_same_name_are_told_apart(tmp_path):
    target = tmp_path / "handlingar.pdf"
    files = [Embedded("plan.xlsx", content, "text/plain", "Plan", "Supplement") for content in (b"1", b"2")]

    bind(target, [part("a")], files)

    assert {name: found[0] for name, found in pypdf.PdfReader(target).attachments.items()} == {
        "plan.xlsx": b"1",
        "plan (2).xlsx": b"2",
    }


def test_the_same_files_give_the_same_bytes(tmp_path):
    data = Embedded("data.json", b"{}", "application/json", "Data", "Data")

    bind(tmp_path / "one.pdf", [part("a")], [data])
    bind(tmp_path / "two.pdf", [part("a")], [data])

    digests = {hashlib.sha256((tmp_path / name).read_bytes()).digest() for name in ("one.pdf", "two.pdf")}
    assert len(digests) == 1


@pytest.mark.parametrize("verdict", ["merged", "images"])
def test_an_annex_with_files_inside_comes_along_in_its_original_too(verdict):
    def embeds(reason):
        pieces = pieces_of(annex(foreign.pages(12), verdict=verdict, reason=reason))
        return [piece.embeds for piece in pieces], pieces[0].fingerprint

    with_files, without = embeds("embedded"), embeds("")

    assert (sum(with_files[0]), sum(without[0])) == (1, 0)
    assert with_files[0][0]
    assert with_files[1] != without[1]


def test_an_office_file_becomes_a_divider_and_its_original():
    [piece] = pieces_of(annex(b"PK", "Budget", verdict="attached", reason="office", filename="b.xlsx"))

    assert (piece.embeds, piece.template) == (True, "reports/print/annex_divider.html")
