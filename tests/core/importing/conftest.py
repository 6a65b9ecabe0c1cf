"""A target of the tests' own: amounts by area, kept as facts of a period, and files for it."""

from decimal import Decimal
from io import BytesIO

import pytest
import rules
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import Workbook

from cases.register.models import Fact
from committee.models import OperatingArea
from core import formats, jobs
from core.importing import services
from core.importing.targets import Change, CodeList, ImportColumn, Plan, Target, import_target, imports
from core.models import ImportRun, Job
from core.naming import key_of
from tests.factories import PeriodFactory, person_as

NAME = "test.amounts"
PERMISSION = "test.import_amounts"
COLUMNS = [
    ImportColumn("area", "Verksamhet", "code", code_of="area", aliases=("Ansvar",)),
    ImportColumn("account", "Konto", "text", is_required=False, identifies=True),
    ImportColumn("actual", "Utfall", "number", decimals=2),
    ImportColumn("forecast", "Prognos", "number", is_required=False, decimals=0),
]


def plan(rows, context):
    """Add up the rows of each area and compare with the facts."""
    labels, known = dict(areas(context.subject)), facts(context.subject)
    sums, cells = {}, {}
    for row in rows:
        for column in ("actual", "forecast"):
            if row.values.get(column) is not None:
                key = f"{row.values['area']}.{column}"
                sums[key] = sums.get(key, Decimal(0)) + row.values[column]
                cells.setdefault(key, row.cells[column])
    payload = {key: value for key, value in sums.items() if known.get(key) != value}
    changes = [
        Change(
            f"{labels[key.partition('.')[0]]} {key.partition('.')[2]}",
            formats.number(known[key]) if key in known else "",
            formats.number(value),
            cells[key],
        )
        for key, value in payload.items()
    ]
    return Plan(changes, [], payload)


def save(plan, context):
    for key, value in plan.payload.items():
        Fact.objects.update_or_create(
            body=context.subject.body,
            period=context.subject,
            key=key,
            defaults={
                "value": value,
                "label": key,
                "unit": Fact.Unit.KRONOR,
                "as_of": "2023-06-01",
                "source": context.source,
                "by": context.by,
            },
        )


def areas(period):
    return list(period.body.operating_areas.values_list("code", "name"))


def facts(period):
    return dict(Fact.objects.filter(period=period).values_list("key", "value"))


def closed(period):
    return "" if period.is_open else "Perioden är stängd."


@pytest.fixture
def target():
    """The target, registered while the test lasts."""
    yield import_target(
        Target(
            name=NAME,
            label="Belopp",
            subject="committee.Period",
            permission=PERMISSION,
            columns=COLUMNS,
            plan=plan,
            apply=save,
            place=lambda period: key_of(period.body),
            year=lambda period: period.year,
            code_lists={"area": CodeList("Verksamhet", areas)},
            closed=closed,
            seen_at=lambda period: "/",
            takes_kolada=True,
        )
    )
    del imports._entries[NAME]


@pytest.fixture
def controller(body):
    """Somebody who may import: the permission stands while the test lasts."""
    rules.set_perm(
        PERMISSION, rules.predicate(lambda user, period: user.rights.has_role(period.body_id, "controller"))
    )
    yield person_as("controller", body)
    rules.remove_perm(PERMISSION)


@pytest.fixture
def period(body):
    """An open period in a committee with two areas."""
    OperatingArea.objects.create(body=body, code="EB", name="Ekonomiskt bistånd", position=1)
    OperatingArea.objects.create(body=body, code="BUF", name="Barn, unga och familj", position=2)
    return PeriodFactory(body=body, year=2023, number=2)


def said(msgid, **values):
    """Return a message of ours as a worker writes it: in Swedish."""
    with translation.override("sv"):
        return gettext(msgid) % values if values else gettext(msgid)


def csv_file(text, name="utfall.csv", encoding="utf-8-sig"):
    return SimpleUploadedFile(name, text.encode(encoding))


def xlsx_file(*rows, name="utfall.xlsx", sheet="Blad1", prepare=None):
    """Return a workbook with one sheet; `prepare` may do to it what it likes."""
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


ALL = {"area": "Ansvar", "account": "Konto", "actual": "Utfall", "forecast": "Prognos"}


@pytest.fixture
def importing(target, period, controller):
    """Return a function that takes a file as far as it comes: importing(file, codes={"51": "EB"})."""

    def run(upload, *, columns=None, codes=None, apply=False, **fields):
        run = services.begin(target, period, source="Ekonomisystemet", upload=upload, by=controller)
        heads = columns or {key: head for key, head in ALL.items() if head in heads_of(run)}
        fields = {"sheet": run.sheet, "head_row": run.head_row} | fields
        services.set_columns(run, chosen=heads, by=controller, **fields)
        work()
        if codes:
            run.refresh_from_db()
            chosen = {("area", code): means for code, means in codes.items()}
            services.set_codes(run, chosen=chosen, by=controller)
            work()
        if apply:
            services.confirm(run, by=controller)
            work()
        return ImportRun.objects.get(pk=run.pk)

    return run


def heads_of(run):
    return [cell.text for cell in services.top_of(run).rows[run.head_row - 1]]


def work():
    """Do what waits, as a worker does."""
    for job in Job.objects.filter(state=Job.State.QUEUED).order_by("pk"):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state in (Job.State.DONE, Job.State.FAILED), job.error
