"""Faults planted in good files, each by a function that takes the open file."""

import re

from pikepdf import Array, Dictionary, Name, String

from reports.pdf.tags import kids_of, struct_elements, tag_of


def first(pdf, tag):
    return next(element for element in struct_elements(pdf.Root.StructTreeRoot) if tag_of(element) == tag)


def every(pdf, tag):
    return [element for element in struct_elements(pdf.Root.StructTreeRoot) if tag_of(element) == tag]


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


def nameless_header_cell(pdf):
    """One whose id nobody names."""
    for cell in every(pdf, "TD"):
        drop(cell.A, "/Headers")
    drop(first(pdf, "TH").A, "/Scope")


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


def outside_of_the_tags(pdf):
    pdf.pages[1].contents_add(b"10 10 50 50 re f")


def marked_but_not_tagged(pdf):
    pdf.pages[1].contents_add(b"/Span <</Lang (sv)>> BDC 10 10 50 50 re f EMC")


def owned_by_nobody(pdf):
    pdf.pages[1].contents_add(b"/P <</MCID 999>> BDC 10 10 50 50 re f EMC")


def owned_by_what_hangs_nowhere(pdf):
    paragraph = first(pdf, "P")
    paragraph.P.K = Array([kid for kid in paragraph.P.K if kid.objgen != paragraph.objgen])


def skipped_heading_of_another_name(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary({"/Rubrik": Name("/Underrubrik"), "/Underrubrik": Name.H3})
    first(pdf, "H2").S = Name("/Rubrik")


def no_alt_of_another_name(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Bild=Name.Figure)
    picture = first(pdf, "Figure")
    picture.S = Name.Bild
    drop(picture, "/Alt")


def unknown_tag(pdf):
    first(pdf, "P").S = Name("/Stycke")


def list_item_without_a_list(pdf):
    first(pdf, "L").S = Name.Sect


def group_in_a_table(pdf):
    body = first(pdf, "TBody")
    rows = kids_of(body)
    group = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=body, K=Array(rows)))
    for row in rows:
        row.P = group
    body.K = Array([group])


def no_language_at_all(pdf):
    pdf.Root.Lang = String("Svenska!!")


def passage_in_no_language(pdf):
    first(pdf, "P").Lang = String("på svenska")


def suspects(pdf):
    pdf.Root.MarkInfo.Suspects = True


def script_when_opened(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def actions_of_the_file(pdf):
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def action_of_a_page(pdf):
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def scripts_among_the_names(pdf):
    pdf.Root.Names.JavaScript = Dictionary(Names=Array())


def link_to_a_script(pdf):
    link = pdf.pages[0].obj.Annots[0]
    drop(link, "/Dest")
    link.A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def no_profile(pdf):
    drop(pdf.Root, "/OutputIntents")


def as_long_as_a_street(pdf):
    pdf.pages[-1].obj.MediaBox = Array([0, 0, 200_000, 842])


def as_thin_as_a_thread(pdf):
    pdf.pages[1].obj.CropBox = Array([0, 0, 595, 2])


def hollow(pdf):
    """The annex of the file has tags, and all it shows is set apart as decoration."""
    last = kids_of(kids_of(pdf.Root.StructTreeRoot)[0])[-1]
    last.K = Array([Dictionary(Type=Name.StructElem, S=Name.P, P=last, Pg=pdf.pages[-1].obj)])
    decorate(pdf.pages[-1])


def hollow_part(pdf):
    """As above, in a part that is the annex itself."""
    hollow(pdf)
    document = kids_of(pdf.Root.StructTreeRoot)[0]
    document.K = Array([Dictionary(Type=Name.StructElem, S=Name.P, P=document)])


def decorate(page):
    """Set all that the page shows apart as decoration."""
    page.contents_coalesce()
    page.obj.Contents.write(
        re.sub(rb"/\w+\s<</MCID \d+>>", b"/Artifact <<>>", page.obj.Contents.read_bytes())
    )


def without_tags(pdf):
    drop(pdf.Root.StructTreeRoot, "/K")


def named_header_cell(pdf):
    """One that says nothing itself, but a cell names it."""
    drop(every(pdf, "TH")[1].A, "/Scope")


def unlisted_id(pdf):
    first(pdf, "H1").ID = String("risk")


def ids_not_listed(pdf):
    drop(pdf.Root.StructTreeRoot, "/IDTree")


def called(name):
    """Return what gives the first header cell this id, wherever it stands."""

    def rename(pdf):
        cell = first(pdf, "TH")
        names = pdf.Root.StructTreeRoot.IDTree.Names
        old = str(cell.ID)
        for holder in [names, *(other.A.Headers for other in every(pdf, "TD"))]:
            for place, entry in enumerate(holder):
                if isinstance(entry, String) and str(entry) == old:
                    holder[place] = String(name)
        cell.ID = String(name)

    return rename
