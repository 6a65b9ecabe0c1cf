"""The demo's interim report says on paper what a real one prints, number by number."""

import re
from itertools import groupby

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.measures.models import MeasureEdition
from cases.measures.services import Refused, change_edition
from cases.register.composers import find_report
from cases.register.content import compose
from cases.register.models import Document
from config.demo import finance
from core.reading import canonical
from reports.pdf.inspect import inspect
from reports.services import make
from tests.finance.test_printed import OURS, printed
from tests.papers import texts_of

NUMBER = re.compile(r"[-−]?[\d\s\xa0]+(,\d+)?( ?%)?")


@pytest.fixture
def report(demo_copy, db):
    return Document.objects.get(template__kind="delarsrapport")


REPORTS = {
    "SN 2023 internbudget": "Internbudget 2023",
    "SN 2022 helar": "Verksamhetsberättelse 2022",
    "SN 2022 verksamhetsberattelse": "Verksamhetsberättelse 2022",
    "SN 2023 helar internbudget": "Internbudget 2023",
    "SN 2023 delar1": "Delårsrapport 1 2023",
    "SN 2023 manad5": "Månadsuppföljning maj 2023",
    "SN 2023 delar2": "Delårsrapport 2 2023",
}


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

    with made.file as file:
        text = squeezed("".join(texts_of(file.read())))
    missing = {(name, run) for name in OURS for cells in ours(name) for run in runs(cells) if run not in text}
    assert missing == set()
    assert squeezed("ett överskott om 57,7 miljoner kronor. Det motsvarar 8,0 procent av budgeten") in text
    assert squeezed("2,3 miljoner kronor lägre än") in text
    assert squeezed("mål väntas 15 av 17 mål uppnås") in text
    assert made.faults == []
    assert inspect(made.file.storage.path(made.file.name)) == []


def test_every_report_of_the_demo_is_found_and_composed_in_few_queries_with_all_its_values(report):
    assert {words: find_report(words.split()).title for words in REPORTS} == REPORTS
    for one in Document.objects.filter(template__is_report=True):
        loaded = Document.objects.with_content().get(pk=one.pk)
        with CaptureQueriesContext(connection) as captured:
            content = compose(loaded)

        without = [figure for part in content["sections"] for figure in part["figures"] if not figure["text"]]
        empty = [part["key"] for part in content["sections"] if part["block"] and not part["data"]]
        assert (one.title, without, empty) == (one.title, [], [])
        assert len(captured) <= 60


def test_the_internal_budget_is_adopted_and_holds_the_years_targets(report):
    budget = Document.objects.get(template__kind="internbudget")
    plan = next(part for part in budget.frozen.content["sections"] if part["key"] == "goals")["data"]

    printed = {
        row["number"]: row["target"]
        for area in plan["areas"]
        for council_goal in area["council_goals"]
        for goal in council_goal["goals"]
        for row in goal["measures"]
    }
    editions = MeasureEdition.objects.filter(year=2023).select_related("measure")
    assert printed == {one.measure.number: canonical(one.target) for one in editions}
    with pytest.raises(Refused, match="Socialnämnden § 142"):
        change_edition(editions[0], by=budget.author, name="Något annat")
    with pytest.raises(CommandError):
        call_command("render", "report", "SN", "2023", "kladd", out="x.pdf")
