"""Every table that is taken home comes back unchanged, by pressing on: with the columns that the importer suggests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.finance import services as finance
from cases.finance.models import BudgetVersion
from cases.measures.models import Assignment
from committee.models import Period, Person
from config.demo import loader
from core import sheets
from core.importing import services
from core.importing.forms import ColumnsForm
from core.importing.targets import imports
from core.models import ImportRun
from core.tables import tables
from tests.core.importing.conftest import work

# Of what the demo takes a table home: the period that is open, and a budget that is no longer.
REPORTED = {"kind": "interim", "year": 2023, "number": 2}


@pytest.fixture
def controller(db):
    loader.load()
    return Person.objects.get(email__startswith="hillevi.rydlanda@")


def taken_home(maker, subject, format):
    content = sheets.written(maker, maker.make(subject, {}), format)
    return SimpleUploadedFile(f"{maker.name}.{format}", content)


def brought_back(maker, subject, format, by):
    """Bring a file back as somebody does who only presses on; return the run, still to be looked through."""
    target, upload = imports[maker.back], taken_home(maker, subject, format)
    run = services.begin(target, subject, source=f"{maker.name} {format}", upload=upload, by=by)
    form = ColumnsForm(None, target=target, run=run, sheet=services.top_of(run))
    chosen = {
        name: field.initial for name, field in form.fields.items() if name in form._keys and field.initial
    }
    services.set_columns(run, sheet=run.sheet, head_row=run.head_row, chosen=chosen, by=by)
    work()
    return ImportRun.objects.get(pk=run.pk)


def test_every_table_comes_back_or_says_what_it_is_computed_from():
    for name, maker in tables.items():
        assert bool(maker.back) != bool(maker.made_from), name
        if maker.back:
            assert imports[maker.back].subject.lower() == maker.subject, name
        for source in maker.made_from:
            assert tables[source].back, name
            assert tables[source].subject == maker.subject, name


def test_every_table_is_imported_back_unchanged(controller):
    period = Period.objects.get(**REPORTED)
    adopted = BudgetVersion.objects.get(year=2023)
    subjects = {
        "committee.period": period,
        "finance.budgetversion": finance.begin_budget(adopted.body, year=2023, by=controller),
    }
    found = {}

    for name, maker in tables.items():
        for format in ("csv", "xlsx") if maker.back else ():
            run = brought_back(maker, subjects[maker.subject], format, controller)
            rows = len(maker.make(subjects[maker.subject], {}).rows)
            found[name, format] = (
                run.state,
                run.found["unknown"],
                run.faults,
                run.changes,
                run.rows == rows > 0,
            )

    assert len(found) == 2 * 8
    assert found == dict.fromkeys(found, ("ready", [], [], [], True))


def test_a_changed_cell_is_the_only_change_and_is_saved(controller):
    period, maker = Period.objects.get(**REPORTED), tables["measures.assignments"]
    first = Assignment.objects.filter(body=period.body, year=2023).for_list().first()
    text = sheets.written(maker, maker.make(period, {}), "csv").decode()
    upload = SimpleUploadedFile("x.csv", text.replace(first.title, "Ett nytt namn").encode())

    run = services.begin(imports["measures.assignments"], period, source="x", upload=upload, by=controller)
    form = ColumnsForm(None, target=imports["measures.assignments"], run=run, sheet=services.top_of(run))
    chosen = {key: form.fields[key].initial for key in form._keys if form.fields[key].initial}
    services.set_columns(run, sheet=run.sheet, head_row=run.head_row, chosen=chosen, by=controller)
    work()
    run.refresh_from_db()
    services.confirm(run, by=controller)
    work()

    first.refresh_from_db()
    assert [(one["before"], one["after"]) for one in run.changes] == [(first_title(run), "Ett nytt namn")]
    assert first.title == "Ett nytt namn"


def first_title(run):
    return run.changes[0]["before"]
