"""A small budget on a real table of its own: the grid's first user, for its tests. These are all its addresses."""

from django.db import connection, models
from django.template import engines
from django.urls import include, path, reverse
from django.views.generic import TemplateView

from committee.models import Body
from core.grid import Cell, CellStore, Column, GridMixin, Group, Key, Refused, Row, RowPage, Sheet

PAGE = """{% extends "base.html" %}
{% block head %}{% include "components/_grid_head.html" %}{% endblock %}
{% block title %}Driftbudget{% endblock %}
{% block heading %}Driftbudget 2023{% endblock %}
{% block content %}{% include "components/_grid.html" with sheet=sheet %}{% endblock %}
"""
RISKS = (("low", "Låg"), ("high", "Hög"))
COLUMNS = (
    Column("last", "Utfall 2022", "number", unit="tkr", adds=True),
    Column("budget", "Budget", "number", unit="tkr", adds=True),
    Column("forecast", "Prognos", "number", unit="tkr", adds=True),
    Column("deviation", "Avvikelse", "number", unit="tkr", formula="forecast - budget"),
    Column("share", "Andel", "number", decimals=3, exact=True),
    Column("staff", "Anställda", "text", width="narrow"),
    Column("growth", "Ökning", "percent", decimals=1),
    Column("risk", "Risk", "select", options=RISKS),
    Column("checked", "Avstämd", "yesno", width="narrow"),
    Column("note", "Kommentar", "text", width="wide"),
)
AREAS = {"1": "Ledning", "2": "Äldreomsorg", "3": "Barn och unga", "4": "Ekonomiskt bistånd"}


class Entry(models.Model):
    """A cell that somebody has filled in."""

    row = models.CharField(max_length=20)
    column = models.CharField(max_length=20)
    value = models.TextField()
    version = models.IntegerField(default=1)
    by = models.CharField(max_length=100, default="")

    class Meta:
        app_label = "tests"
        constraints = [models.UniqueConstraint(fields=["row", "column"], name="one_entry_a_cell")]

    def __str__(self):
        return f"{self.row} {self.column}: {self.value}"


def make_table():
    """Make the table, also when a run that was broken off has left one."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS tests_entry")
    with connection.schema_editor() as editor:
        editor.create_model(Entry)


class BudgetStore(CellStore):
    """Keeps a counter for each cell, or lets the values tell when it is not `counted`."""

    columns = COLUMNS

    def __init__(self, rows=AREAS, *, counted=True, closed=()):
        self.rows, self.counted, self.closed = rows, counted, closed

    def load(self, keys):
        list(Body.objects.order_by("pk").select_for_update())  # the parent: two people may add the same cell
        return {key: cell for key, cell in self.cells().items() if key in keys}

    def cells(self):
        entries = {Key(entry.row, entry.column): entry for entry in Entry.objects.all()}
        keys = [Key(row, column.key) for row in self.rows for column in self.columns]
        return {key: self.cell(key, entries.get(key)) for key in keys}

    def cell(self, key, entry):
        if key.column == "last":
            return Cell.of(1000 * int(key.row), is_open=False)
        note = "Perioden är stängd." if key in self.closed or key == Key("4", "share") else ""
        more = {"is_open": not note, "note": note}
        if not entry:
            return Cell(version=0 if self.counted else None, **more)
        return Cell(entry.value, entry.version if self.counted else None, by=entry.by, **more)

    def check(self, change):
        value = super().check(change)
        if change.column == "budget" and len(value) > 8:
            raise Refused("Budgeten är högst 99 999 999 tkr.")
        return value

    def write(self, changes, *, by):
        versions = {}
        for change in changes:
            entry, is_new = Entry.objects.get_or_create(row=change.row, column=change.column)
            entry.value, entry.by = change.value, by.get_full_name()
            entry.version += not is_new
            entry.save()
            versions[change.key] = entry.version
        return versions if self.counted else None

    def shown(self, changes):
        high = [change.row for change in changes if change.column == "risk" and change.value == "high"]
        cells = self.cells()
        return {
            (key := Key(row, "note")): Cell(
                cells[key].value, cells[key].version, note="skriv skäl", state="bad"
            )
            for row in high
        }


def sheet_of(store):
    """Return the sheet over a store: areas in two groups, and some more when there are many."""
    cells = store.cells()
    rows = [
        Row(
            key,
            label,
            reverse("budget-row", args=[key]),
            {c.key: cells[key, c.key] for c in COLUMNS if not c.formula},
        )
        for key, label in store.rows.items()
    ]
    half = len(rows) // 2
    groups = [Group("Gemensamt", rows[:half], adds=True), Group("Verksamhet", rows[half:], adds=True)]
    return Sheet(
        COLUMNS,
        groups,
        reverse("budget"),
        "Driftbudget 2023",
        head="Område",
        total="Nämnden",
        url=reverse("budget"),
    )


class Kept:
    """Which budget: as many areas as the address asks for."""

    def get_store(self):
        many = int(self.request.GET.get("rows", 0))
        areas = {str(number): f"{4000 + number} Område {number}" for number in range(1, many + 1)}
        return BudgetStore(areas or AREAS)

    def get_sheet(self):
        sheet = sheet_of(self.get_store())
        sheet.save_url = self.request.get_full_path()
        return sheet


class Budget(Kept, GridMixin, TemplateView):
    def get_template_names(self):
        return engines["django"].from_string(PAGE)


class BudgetRow(Kept, RowPage):
    pass


urlpatterns = [
    path("budget/", Budget.as_view(), name="budget"),
    path("budget/<str:row>/", BudgetRow.as_view(), name="budget-row"),
    path("", include("config.urls")),
]
