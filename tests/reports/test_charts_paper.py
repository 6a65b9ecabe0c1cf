"""Charts on paper: the same string as on the page, with all that they say in their alternative text."""

import io

import pikepdf
import pytest
from django.template.loader import render_to_string

from reports.pdf import render
from reports.pdf.inspect import inspect
from reports.pdf.orders import AssemblyPart
from reports.pdf.tags import struct_elements, tag_of
from tests.reports import bound, paper
from tests.reports.drawings import EVERY, some_spark
from tests.reports.test_pdf_shell import page, texts
from tests.reports.verapdf import needs_verapdf, refused_by_verapdf


def body() -> str:
    charts = "".join(render_to_string("reports/_chart.html", {"chart": draw()}) for draw in EVERY)
    return f"<h1>Måluppfyllelse</h1>{charts}<p>Frisknärvaro {some_spark('inline').svg} stiger.</p>"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A document in our own paper with a chart of every kind."""
    target = tmp_path_factory.mktemp("charts") / "charts.pdf"
    bound(target, AssemblyPart("a", "Måluppfyllelse", render.render(page(body()))))
    return target


def alternatives(pdf) -> list[str]:
    with pikepdf.open(pdf) as opened:
        elements = struct_elements(opened.Root.StructTreeRoot)
        return [str(element.Alt) for element in elements if tag_of(element) == "Figure"]


def test_paper_with_a_chart_of_every_kind_has_no_fault(file):
    assert inspect(file) == []


@needs_verapdf
def test_verapdf_accepts_paper_with_a_chart_of_every_kind(file):
    assert refused_by_verapdf(file) == ""


def test_each_charts_alternative_text_says_all_that_it_shows(file):
    spoken = alternatives(file)

    assert len(spoken) == len(EVERY) + 1
    for draw, said in zip(EVERY, spoken, strict=False):
        chart = draw()
        assert said.startswith(chart.title)
        assert said.endswith(f". {chart.description}")


def test_charts_of_one_name_keep_each_its_own_description():
    def drawing(desc):
        return f'<p><svg width="9" height="9"><title>Mått</title><desc>{desc}</desc></svg></p>'

    pdf = paper(
        f'<h1>Mått</h1>{drawing("Först.")}{drawing("Sedan.")}<div style="break-before: page">{drawing("Sist.")}</div>'
    )

    assert alternatives(io.BytesIO(pdf)) == ["Mått. Först.", "Mått. Sedan.", "Mått. Sist."]


def test_no_other_typeface_is_needed(file):
    with pikepdf.open(file) as pdf:
        fonts = {
            str(item.BaseFont)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }

    assert fonts
    assert all("Source-Sans-3" in font for font in fonts)


def test_the_table_of_a_chart_is_not_printed(file):
    printed = " ".join(texts(page(body())))

    assert "Målområde" in body()
    assert "Målområde" not in printed
    assert "Avvikelse mkr" in printed


def test_the_same_charts_give_the_same_bytes():
    assert render.render(page(body())) == render.render(page(body()))
