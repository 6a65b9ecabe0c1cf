"""What the pages of one import show: the way it goes, and a question for each code."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core import formats
from core.importing.cells import Cell, Sheet
from core.importing.forms import CodeForm
from core.importing.targets import Target
from core.models import ImportRun

State = ImportRun.State
SHOWN = 12  # rows of a file by which one knows it
PLACES = {
    State.FETCHING: 0,
    State.COLUMNS: 1,
    State.READING: 2,
    State.CODES: 2,
    State.READY: 3,
    State.APPLYING: 3,
    State.DONE: 4,
}


def steps_of(run: ImportRun, now: int | None = None) -> list[dict]:
    """Return the steps of an import with which of them it has come to."""
    here = PLACES[State(run.state)] if now is None else now
    labels = [_("File"), _("Columns"), _("Codes"), _("Look through"), _("Saved")]
    return [
        {
            "label": label,
            "state": "done" if place < here or run.is_done else "now" if place == here else "todo",
        }
        for place, label in enumerate(labels)
    ]


class CodeForms:
    """A question for each code: those that nobody knows first, then what was said before."""

    def __init__(self, run: ImportRun, target: Target, data=None):
        self.target = target
        options = {name: list(one.options(run.subject)) for name, one in target.code_lists.items()}
        self.forms = [
            CodeForm(
                data,
                prefix=f"code-{number}",
                entry=entry,
                code_list=target.code_lists[entry["list"]],
                options=options[entry["list"]],
            )
            for number, entry in enumerate(entries(run))
        ]

    def is_valid(self) -> bool:
        return not self.faulty

    @property
    def chosen(self) -> dict[tuple[str, str], str]:
        return dict(form.pair for form in self.forms)

    @property
    def faulty(self) -> list[CodeForm]:
        return [form for form in self.forms if form.errors]

    @property
    def numbers(self) -> list:
        """The columns of numbers that the codes' rows have something in."""
        used = {key for form in self.forms for key in form.entry["sums"]}
        return [column for column in self.target.numbers if column.key in used]

    @property
    def rows(self) -> list[dict]:
        return [
            {
                "form": form,
                "code": form.entry["code"],
                "list": form.code_list.label,
                "count": form.entry["rows"],
                "sums": [(column, _sum(form.entry["sums"].get(column.key))) for column in self.numbers],
            }
            for form in self.forms
        ]


def top_rows(sheet: Sheet) -> list[tuple[int, list[Cell]]]:
    """Return the first rows with their numbers, each as wide as the widest."""
    rows = sheet.rows[:SHOWN]
    width = max((len(row) for row in rows), default=0)
    return [
        (number, [sheet.at(number, column) for column in range(1, width + 1)])
        for number in range(1, len(rows) + 1)
    ]


def _sum(text: str | None) -> str:
    if text is None:
        return ""
    value = Decimal(text)
    return formats.number(value, 0 if value == value.to_integral_value() else 2)


def entries(run: ImportRun) -> list[dict]:
    """Return the codes to ask about: unknown ones, or, once all are known, what is remembered of them."""
    unknown = sorted(run.found.get("unknown", []), key=lambda one: (one["list"], one["code"]))
    if unknown:
        return unknown
    sums = {(one["list"], one["code"]): one for one in run.found.get("left_out", [])}
    known = run.source.codes.filter(year=run.year).order_by("list", "code")
    return [
        {
            "rows": None,
            "sums": {},
            **sums.get((one.list, one.code), {}),
            "list": one.list,
            "code": one.code,
            "means": one.means or "-",
        }
        for one in known
    ]
