"""One part: what is refused, what its tags say, and that it is the same wherever and whenever it is made."""

import gc
import hashlib
import io
import multiprocessing
import os
import subprocess
import sys
from functools import cache

import pikepdf
import pypdf
import pytest

from reports.pdf import engine, render
from reports.pdf.inspect import inspect_part
from reports.pdf.tags import struct_elements, tag_of
from tests.papers import texts_of
from tests.reports import RISKS, paper, tags

PIXEL = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"


@cache  # its objects are gone as soon as nobody holds the file
def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return texts_of(pdf)[0]


def elements(pdf: bytes, tag: str) -> list[pikepdf.Object]:
    return [element for element in struct_elements(opened(pdf).Root.StructTreeRoot) if tag_of(element) == tag]


def test_what_leads_to_a_place_in_the_same_drawing_is_drawn():
    drawing = """<svg width="9" height="9"><title>x</title><defs><rect id="r" width="9" height="9"/></defs>
        <use href="#r" style="fill: url(#none)"/></svg>"""

    assert [str(figure.Alt) for figure in elements(paper(f"<h1>x</h1>{drawing}"), "Figure")] == ["x"]


def test_a_picture_inside_the_html_is_printed_with_its_description():
    pdf = paper(f'<h1>Plan</h1><p><img alt="Årshjul" src="{PIXEL}"></p>')

    assert [str(figure.Alt) for figure in elements(pdf, "Figure")] == ["Årshjul"]


def test_garbage_is_collected_again_after_a_refusal():
    with pytest.raises(render.AddressRefused):
        render.render('<html lang="sv"><title>x</title><h1>x</h1><img alt="x" src="ftp://example.org">')

    assert gc.isenabled()


def test_header_cells_say_what_they_head():
    pdf = paper(
        "<h1>Plan</h1><table><thead><tr><th>Risk</th><th>Värde</th></tr></thead><tbody>"
        '<tr><th scope="colgroup">Område 4</th><td></td></tr><tr><th>Ägare saknas</th><td>12</td></tr></tbody></table>'
    )

    assert [str(cell.A.Scope) for cell in elements(pdf, "TH")] == ["/Column", "/Column", "/Column", "/Row"]


def test_cells_name_their_headers():
    pdf = paper(RISKS)

    cell = elements(pdf, "TD")[0]
    by_id = {str(head.ID): str(head.A.Scope) for head in elements(pdf, "TH")}
    assert sorted(by_id[str(header)] for header in cell.A.Headers) == ["/Column", "/Row"]


def test_no_header_is_guessed_in_a_table_with_merged_cells():
    pdf = paper(
        "<h1>Plan</h1><table><thead><tr><th>Risk</th><th>Värde</th></tr></thead><tbody>"
        '<tr><th scope="rowgroup" colspan="2">Område 4</th></tr><tr><th scope="row">Ägare</th><td>12</td></tr></tbody></table>'
    )

    assert ["/Headers" in cell.A for cell in elements(pdf, "TD")] == [False]


def test_lists_say_how_they_are_numbered():
    pdf = paper("<h1>Plan</h1><ol><li>Ett<ul><li>En punkt</li></ul></li></ol><ul><li>En annan</li></ul>")

    assert [str(item.A.ListNumbering) for item in elements(pdf, "L")] == ["/Decimal", "/Disc", "/Disc"]


def test_links_are_described_by_their_label_or_words():
    pdf = paper(
        '<h1>Plan</h1><p><a href="https://example.org">Läs <b>mer</b></a> '
        '<a href="https://example.org" aria-label="Till noten">1</a></p>'
    )

    assert [str(link.Contents) for link in opened(pdf).pages[0].Annots] == ["Läs mer", "Till noten"]


def test_a_link_with_bold_words_is_one_link_in_one_tag():
    pdf = paper('<h1>Plan</h1><p><a href="https://example.org">Läs <b>mer</b></a></p>')

    links = [kid for link in elements(pdf, "Link") for kid in link.K if isinstance(kid, pikepdf.Dictionary)]
    assert [str(kid.get("/Type")) for kid in links] == ["/OBJR"]
    assert len(opened(pdf).pages[0].Annots) == 1


def test_words_hang_in_the_paragraph_cell_or_link_that_they_are_of():
    pdf = paper(
        '<h1>Plan</h1><p>Läs <b>den <i>nya</i></b> <a href="https://example.org">planen</a>.</p>'
        "<table><tbody><tr><td>12</td></tr></tbody></table><ul><li>Ett</li></ul>"
    )

    assert tags(opened(pdf))[1:] == "H1 P Link Table TBody TR TD L LI Lbl LBody".split()
    owners = list(opened(pdf).Root.StructTreeRoot.ParentTree.Nums[1])
    assert [tag_of(owner) for owner in owners] == "H1 P P P P Link P TD LBody Lbl".split()
    assert [list(owner.K).count(mcid) for mcid, owner in enumerate(owners)] == [1] * len(owners)


def test_a_term_and_what_it_is_are_one_item_of_a_list():
    pdf = paper(
        "<h1>Plan</h1><dl><div><dt>Tid</dt><dd>kl. 18</dd></div><div><dt>Plats</dt><dd>Sal 2</dd></div></dl>"
    )

    assert tags(opened(pdf)) == ["Document", "H1", "L", *2 * ["LI", "Lbl", "LBody"]]
    assert inspect_part(pdf) == (1, [])


def test_words_that_go_on_on_the_next_page_stay_with_their_own_page():
    pdf = paper("<h1>Plan</h1><p>" + "Ord på ord. " * 900 + "</p>")

    paragraphs = elements(pdf, "P")
    assert [element.Pg.objgen for element in paragraphs] == [page.obj.objgen for page in opened(pdf).pages]
    assert all(isinstance(mcid, int) for element in paragraphs for mcid in element.K)


def test_running_heads_are_printed_but_not_read_aloud():
    body = '<div class="first-head"><p>Dnr SN/2023:00183</p><p class="page-number"></p></div><h1>Plan</h1>'

    pdf = paper(body)

    assert "Dnr SN/2023:00183" in text_of(pdf)
    assert tags(opened(pdf)) == ["Document", "H1"]
    content = opened(pdf).pages[0].Contents.read_bytes()
    assert content.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 2


def test_a_long_table_repeats_its_head_on_every_page():
    rows = "".join(f'<tr><th scope="row">Risk {number}</th><td>{number}</td></tr>' for number in range(120))

    pdf = paper(
        f"<h1>Plan</h1><table><thead><tr><th>Nettolista</th><th>Värde</th></tr></thead><tbody>{rows}</tbody></table>"
    )

    pages = texts_of(pdf)
    assert len(pages) > 2
    assert all("Nettolista" in text for text in pages)


@pytest.mark.parametrize("rows", range(24, 40))
def test_the_last_row_of_a_table_never_stands_alone_on_a_page(rows):
    cells = "".join(f"<tr><td>Rad {row}</td></tr>" for row in range(rows))
    table = f"<table><thead><tr><th scope='col'>Huvud</th></tr></thead><tbody>{cells}</tbody></table>"

    pages = texts_of(paper(f"<h1>Lista</h1>{table}"))

    assert sum(page.count("Rad ") for page in pages) == rows
    assert all(page.count("Rad ") > 1 for page in pages)


def test_a_date_is_found_as_typed_even_after_a_hyphenated_word():
    words = "Kommunövergripande internkontrollplanering " * 9

    pdf = paper(f"<h1>Plan</h1><p>{words}</p><p>2023-05-16</p>")
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()  # it shows where words are divided

    assert "-\n" in text
    assert "2023-05-16" in text


def test_letters_that_no_font_has_are_printed_as_a_square():
    text = text_of(paper("<h1>Plan</h1><p>≥ 日 ✓ \uf0b7</p>"))

    assert "≥ □ ✓ □" in text


def test_letters_that_no_font_has_are_a_fault_of_the_part_on_their_pages():
    text = '<h1>Herr 王 talar</h1><p style="break-before: page">日 och 王, men ≥ och □</p>'

    _pages, faults = inspect_part(paper(text))

    assert [(fault.rule, fault.page, fault.details) for fault in faults] == [
        ("letters", 1, {"letters": "王 (U+738B)"}),
        ("letters", 2, {"letters": "日 (U+65E5), 王 (U+738B)"}),
    ]


def test_letters_of_a_drawing_are_a_fault_though_nobody_knows_their_page():
    drawing = '<svg width="90" height="9"><title>x</title><text y="9">王</text></svg>'

    _pages, faults = inspect_part(paper(f"<h1>x</h1>{drawing}"))

    assert [(fault.rule, fault.page) for fault in faults] == [("letters", None)]


def test_letters_that_no_font_has_are_named_when_they_cannot_be_replaced():
    with pytest.raises(render.LettersRefused, match=r"日 \(U\+65E5\)"):
        render.render('<html lang="sv"><title>x</title><h1>&#x65E5;</h1>')


PRINT_HASH = """
import hashlib, sys
from reports.pdf import engine, render
from reports.pdf.inspect import inspect_part
print(hashlib.sha256(render.render(sys.stdin.read())).hexdigest())
"""
FORK_FIRST = """
import multiprocessing
from reports.pdf import render
render.press()
with multiprocessing.get_context("fork").Pool(1) as pool:
    pool.apply(int)
"""
HTML = f'<html lang="sv"><title>Plan</title><body class="ruled">{RISKS}<p><b>fet</b> <i>kursiv</i></p></body></html>'


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(  # noqa: S603  our own code in our own interpreter
        [sys.executable, "-c", code],
        input=HTML,
        env=os.environ | environment,
        check=False,
        text=True,
        capture_output=True,
        timeout=120,
    )


def test_another_process_gives_the_same_bytes_and_ends_well():
    here = hashlib.sha256(render.render(HTML)).hexdigest()

    there = run(PRINT_HASH, PYTHONHASHSEED="42", TZ="Asia/Tokyo")

    assert (there.returncode, there.stdout.strip()) == (0, here)


def test_a_machine_without_fonts_says_so_instead_of_dying(tmp_path):
    nothing = tmp_path / "fonts.conf"
    nothing.write_text("<fontconfig></fontconfig>")

    result = run(PRINT_HASH, FONTCONFIG_FILE=str(nothing))

    assert result.returncode == 1
    assert "No font is installed on this machine" in result.stderr


def test_a_forked_child_prints_with_a_press_of_its_own():
    here = render.render(HTML)

    with multiprocessing.get_context("fork").Pool(1) as pool:
        there = pool.apply(render.render, [HTML])

    assert there == here


def test_a_forked_child_leaves_its_parent_the_fonts():
    """The child of a process that has a press but has not yet opened every cut of the typeface."""
    there = run(PRINT_HASH)
    after_fork = run(FORK_FIRST + PRINT_HASH)

    assert (after_fork.returncode, after_fork.stdout) == (0, there.stdout)


def test_the_engine_has_the_same_fingerprint_until_something_that_shapes_a_page_changes():
    assert engine.engine_fingerprint() == engine.engine_fingerprint()
    assert len(engine.engine_fingerprint()) == 64


GROWTH = """
import gc, resource
from pathlib import Path
from reports.pdf.render import render

def kibibytes():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024

text = "<html lang=sv><title>Prov</title><body><h1>Prov</h1>" + "<p>Kontrollerna ska hindra fel.</p>" * 300
for _time in range(4):
    render(text)
before = kibibytes()
for _time in range(20):
    render(text)
print(kibibytes() - before)
"""


def test_a_process_that_renders_does_not_grow_with_what_it_has_rendered():
    command = [sys.executable, "-c", GROWTH]
    grown = subprocess.run(command, cwd=engine.PRINT_DIR.parents[1], check=True, stdout=subprocess.PIPE)  # noqa: S603  our own

    assert int(grown.stdout) < 20 * 50  # KiB
