"""The verdict on a foreign PDF: merged only what is conformant, drawn what can be drawn, else as it came."""

import io

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String

from reports.annexes.judging import judge
from reports.annexes.verdict import Judgement
from reports.pdf.tags import struct_elements, tag_of
from tests.reports import foreign, planted


def judged(content: bytes) -> Judgement:
    return judge(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "verdict", "reason", "pages"),
    [
        (foreign.conformant, "merged", "", 3),
        (lambda: foreign.written("Ett", "Två"), "images", "unclaimed", 2),
        (foreign.scanned, "images", "textless", 1),
        (lambda: foreign.locked(to_read=False), "images", "unclaimed", 1),
        (foreign.damaged, "images", "unclaimed", 1),
        (foreign.locked, "attached", "encrypted", None),
        (foreign.dynamic_form, "attached", "xfa", 1),
        (lambda: foreign.written("Band", size=(20_000, 500)), "images", "unclaimed", 1),
        (lambda: foreign.written("Tråd", size=(200_000, 2)), "attached", "undrawable", 1),
        (foreign.without_pages, "attached", "broken", None),
        (lambda: b"%PDF-1.7\nand nothing more", "attached", "broken", None),
        (lambda: b"", "attached", "broken", None),
    ],
    ids=[
        "conformant",
        "plain",
        "scanned",
        "locked against changes",
        "mended",
        "locked",
        "XFA",
        "too large",
        "too large and too small",
        "no pages",
        "only a first line",
        "empty",
    ],
)
def test_what_becomes_of_a_file(content, verdict, reason, pages):
    found = judged(content())

    assert (found.verdict, found.reason, found.pages) == (verdict, reason, pages)


# One fault is enough -----------------------------------------------------------------------------


def first(pdf, tag):
    return next(element for element in struct_elements(pdf.Root.StructTreeRoot) if tag_of(element) == tag)


def drop(holder, *places):
    for place in places:
        del holder[place]


def no_language(pdf):
    drop(pdf.Root, "/Lang")


def not_marked(pdf):
    drop(pdf.Root, "/MarkInfo")


def no_tags(pdf):
    drop(pdf.Root, "/StructTreeRoot")


def untagged_page(pdf):
    pdf.add_blank_page(page_size=foreign.A4)


def page_outside_the_tree(pdf):
    drop(pdf.pages[1].obj, "/StructParents")


def drawn_outside_of_the_tags(pdf):
    pdf.pages[0].contents_add(b"10 10 50 50 re f")


def text_of_no_tag(pdf):
    pdf.pages[0].contents_add(b"/P <</MCID 999>> BDC 10 10 50 50 re f EMC")


def nothing_but_decoration(pdf):
    """Tags there are, but of this page nothing is in them."""
    planted.decorate(pdf.pages[0])


def colours_for_print(pdf):
    pdf.pages[0].contents_add(b"/Artifact BMC 1 0 0 0 k 10 10 50 50 re f EMC")


def spot_colour(pdf):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    pdf.pages[0].Resources.ColorSpace = Dictionary(
        Cs=Array([Name.Separation, Name.Red, Name.DeviceRGB, pdf.make_indirect(tint)])
    )


def no_description(pdf):
    drop(first(pdf, "Figure"), "/Alt")


def skipped_heading(pdf):
    first(pdf, "H2").S = Name.H4


def unnumbered_heading(pdf):
    first(pdf, "H2").S = Name.H


def unknown_tag(pdf):
    first(pdf, "P").S = Name("/Brödtext")


def cell_outside_of_a_row(pdf):
    first(pdf, "P").S = Name.TD


def blind_header_cell(pdf):
    drop(first(pdf, "TH").A, "/Scope")


def uneven_rows(pdf):
    first(pdf, "TD").A.ColSpan = 2


def font_left_out(pdf):
    font = next(item for item in pdf.objects if isinstance(item, Dictionary) and "/FontFile2" in item)
    drop(font, "/FontFile2")


def letters_without_meaning(pdf):
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            drop(item, "/ToUnicode")


def script(pdf):
    run = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    pdf.Root.OpenAction = run


def script_among_the_names(pdf):
    pdf.Root.Names.JavaScript = Dictionary(Names=Array())


def action_of_a_page(pdf):
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def form(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def picture_in_jpeg_2000(pdf):
    pdf.pages[0].Resources.XObject = Dictionary(
        Im=pdf.make_stream(b"\xff", Type=Name.XObject, Subtype=Name.Image, Filter=Name.JPXDecode)
    )


SPOILERS = [
    planted.no_language_at_all,
    planted.as_long_as_a_street,
    planted.as_thin_as_a_thread,
    nothing_but_decoration,
    no_language,
    not_marked,
    no_tags,
    untagged_page,
    page_outside_the_tree,
    drawn_outside_of_the_tags,
    text_of_no_tag,
    colours_for_print,
    spot_colour,
    no_description,
    skipped_heading,
    unnumbered_heading,
    unknown_tag,
    cell_outside_of_a_row,
    blind_header_cell,
    uneven_rows,
    font_left_out,
    letters_without_meaning,
    script,
    script_among_the_names,
    action_of_a_page,
    form,
    layers,
    picture_in_jpeg_2000,
    foreign.note_on,
]


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
def test_a_file_that_claims_to_be_conformant_with_one_fault_goes_as_pictures(spoiler):
    found = judged(foreign.changed(foreign.conformant(), spoiler))

    assert (found.verdict, found.reason) == ("images", "faulty")
    assert found.detail


def file_inside(name, relationship=Name.Data, producer="Nämndverk"):
    def embed(pdf):
        specification = AttachedFileSpec(pdf, b"{}", filename=name, mime_type="application/json")
        specification.relationship = relationship
        pdf.attachments[name] = specification
        pdf.Root.AF = Array([specification.obj])
        pdf.docinfo.Producer = String(producer)

    return embed


@pytest.mark.parametrize(
    ("spoilers", "reason"),
    [
        ([file_inside("data.json")], ""),
        ([file_inside("data.json", relationship=Name.Supplement)], "embedded"),
        ([file_inside("data.json", producer="Ett annat program")], "embedded"),
        ([file_inside("data.json"), file_inside("plan.pdf")], "embedded"),
        ([file_inside("kalkyl.xlsx")], "embedded"),
    ],
    ids=["our data", "no data", "data of others", "our data and more", "a sheet"],
)
def test_files_inside_of_a_file_keep_no_page_out_and_only_our_data_is_left_behind(spoilers, reason):
    found = judged(foreign.changed(foreign.conformant(), *spoilers))

    assert (found.verdict, found.reason) == ("merged", reason)


def test_a_scan_without_text_is_told_so_but_not_one_in_which_a_page_has_some():
    with_text = foreign.changed(
        foreign.scanned(), lambda pdf: pdf.pages.extend(pikepdf.open(io.BytesIO(foreign.pages(1))).pages)
    )

    assert judged(foreign.scanned(coloured=True)).reason == "textless"
    assert judged(with_text).reason == "unclaimed"


def claim(old: bytes, new: bytes):
    def spoil(pdf):
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(old, new))

    return spoil


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (b'pdfaid:part="3"', b'pdfaid:part="2"', "merged"),
        (b'pdfaid:part="3"', b'pdfaid:part="1"', "merged"),
        (b'pdfaid:conformance="A"', b'pdfaid:conformance="B"', "images"),
        (b'pdfaid:part="3"', b'pdfaid:part="4"', "images"),
        (b"pdfaid:", b"other:", "images"),
    ],
    ids=["2a", "1a and UA", "3b", "4", "none"],
)
def test_what_a_file_claims_decides_whether_it_may_be_merged(old, new, verdict):
    assert judged(foreign.changed(foreign.conformant(), claim(old, new))).verdict == verdict


def test_pdf_a_1a_alone_is_not_enough_since_it_allows_letters_without_a_shape():
    one_a = claim(b'pdfaid:part="3"', b'pdfaid:part="1"')
    not_universal = claim(b"pdfuaid:part", b"pdfuaid:rev")

    assert judged(foreign.changed(foreign.conformant(), one_a, not_universal)).verdict == "images"


def test_metadata_that_is_no_xml_claims_nothing():
    broken = claim(b"<x:xmpmeta", b"<<<x:xmpmeta")

    assert judged(foreign.changed(foreign.conformant(), broken)).verdict == "images"
