"""Every table that is taken home comes back unchanged, by pressing on: with the columns that the importer suggests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.finance.models import BudgetVersion
from cases.finance.services import begin_budget
from committee.models import Period
from config.demo import finance, measures, periods
from config.demo.people import add_everybody
from core import sheets
from core.importing import services
from core.importing.forms import ColumnsForm
from core.importing.targets import imports
from core.models import ImportRun
from core.tables import tables
from tests.core.importing.conftest import work
from tests.register.plans import begin, promise, row, template_of, year_of

# What all plans of a period promise comes back plan by plan.
OF_MANY = {"register.actions_of_period"}
# Of what the demo takes a table home: the period that is open, and a budget that is no longer.
REPORTED = {"kind": "interim", "year": 2023, "number": 2}


@pytest.fixture
def controller(db):
    cast = add_everybody()
    body = cast.bodies["lindvassa"]
    years = periods.add(body)
    measures.add(body, cast, years)
    finance.add(body, cast, years)
    return cast.people["controller"]


def plan_of(body, by):
    """Return a plan that promises two things, one without a day."""
    plan = begin(template_of(body.municipality), body, by, year_of(body, 2031))
    promise(plan, row("Rekrytera", responsible=by), row("Handleda", responsible=by, due_on=None))
    return plan


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
        assert [bool(way) for way in (maker.back, maker.made_from, maker.is_pasted_back)].count(True) == 1, (
            name
        )
        if maker.back:
            assert imports[maker.back].subject.lower() == maker.subject, name
        for source in maker.made_from:
            assert tables[source].back, name
            assert name in OF_MANY or tables[source].subject == maker.subject, name


def test_every_table_is_imported_back_unchanged(controller):
    period = Period.objects.get(**REPORTED)
    adopted = BudgetVersion.objects.get(year=2023)
    subjects = {
        "committee.period": period,
        "finance.budgetversion": begin_budget(adopted.body, year=2023, by=controller),
        "register.document": plan_of(adopted.body, controller),
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

    assert len(found) == 2 * 9
    assert found == dict.fromkeys(found, ("ready", [], [], [], True))
