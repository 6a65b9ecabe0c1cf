"""The demo's interim report says on paper what a real one prints, number by number."""

import re
from io import BytesIO
from itertools import groupby

import pypdf
import pytest

from cases.register.models import Document
from config.demo import finance
from reports.pdf.inspect import inspect
from reports.services import make
from tests.finance.test_printed import OURS, printed

NUMBER = re.compile(r"[-−]?[\d\s\xa0]+(,\d+)?( ?%)?")


@pytest.fixture
def report(demo_copy, db):
    return Document.objects.get(template__is_report=True)


def squeezed(text):
    """Return a text without its spaces and with one kind of minus: paper breaks lines where it must."""
    return re.sub(r"\s", "", text.replace("\xa0", " ")).replace("−", "-")


def ours(name):
    """Return the rows of a table as the report prints them, with what cannot be right there put right."""
    right = [(one["printed"], one["ours"]) for one in finance.data()["difference"] if one["table"] == name]
    for row in printed(name):
        yield [right.pop(0)[1] if right and cell == right[0][0] else cell for cell in row]


def runs(cells):
    """Yield the numbers that stand beside each other in a row."""
    for is_number, run in groupby(cells, key=lambda cell: bool(NUMBER.fullmatch(cell))):
        if is_number:
            yield squeezed("".join(run))


def test_every_number_of_its_tables_and_of_its_prose_stands_in_the_file(report):
    made = make(report, "report", "staff")

    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made.file.read())).pages))
    missing = {(name, run) for name in OURS for cells in ours(name) for run in runs(cells) if run not in text}
    assert missing == set()
    assert squeezed("ett överskott om 57,7 miljoner kronor. Det motsvarar 8,0 procent av budgeten") in text
    assert squeezed("2,3 miljoner kronor lägre än") in text
    assert squeezed("mål väntas 15 av 17 mål uppnås") in text
    assert made.faults == []
    assert inspect(made.file.storage.path(made.file.name)) == []
