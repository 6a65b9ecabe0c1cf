"""One row as an ordinary form: the way on a phone and without script, with the grid's own readers and versions."""

import json
from collections.abc import Collection, Sequence

from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CrispyMixin
from core.grid.changes import Change, Outcome
from core.grid.columns import Column, Refused
from core.grid.sheet import Row
from core.reading import Unreadable


class CellField(forms.CharField):
    """A cell as a field: what is typed is read as the column reads it."""

    def __init__(self, column: Column, **options):
        self.column = column
        super().__init__(required=False, **options)

    def clean(self, value):
        try:
            return self.column.read(super().clean(value))
        except (Unreadable, Refused) as refusal:
            raise forms.ValidationError(str(refusal)) from None


def widget_of(column: Column) -> forms.Widget:
    """Return what a column's value is written in."""
    if column.is_choice:
        return forms.Select(choices=column.all_options)
    if column.kind == "text" and column.width == "wide":
        return forms.Textarea(attrs={"rows": 3})
    keyboard = {"inputmode": "decimal"} if column.is_number else {}
    return forms.TextInput(attrs={**keyboard, "autocomplete": "off"})


class RowForm(CrispyMixin, forms.Form):
    """The open cells of a row. `seen` holds each value and version that the writer had before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    save_label = _("Save")
    next_label = _("Save and go to the next")

    def __init__(self, columns: Sequence[Column], row: Row, *args, has_next: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.has_next = row, has_next
        self.cells = {
            column: cell
            for column in columns
            if (cell := row.cells.get(column.key)) and cell.is_open and not column.formula
        }
        for column, cell in self.cells.items():
            self.fields[column.key] = CellField(
                column,
                label=f"{column.label} ({column.unit})" if column.unit else column.label,
                help_text=cell.note or column.help,
                widget=widget_of(column),
                initial=column.written(cell.value),
            )
        self.initial["seen"] = self.what_is_seen()

    @property
    def helper(self):
        helper = super().helper
        if self.has_next:
            helper.layout.append(Submit("next", self.next_label, css_class="btn-secondary ms-2"))
        return helper

    def what_is_seen(self) -> str:
        return json.dumps({column.key: [cell.version, cell.value] for column, cell in self.cells.items()})

    def clean_seen(self):
        """Return value and version by column, as the page had them."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
            return {key: (int(version), str(value)) for key, (version, value) in seen.items()}
        except (ValueError, TypeError, AttributeError):
            raise forms.ValidationError(
                _("The page was sent without what it showed. Load it again.")
            ) from None

    def changes(self) -> list[Change]:
        """Return what the writer changed: what was not touched is left as it is, whoever wrote it."""
        seen = self.cleaned_data["seen"]
        return [
            Change(self.row.key, column.key, self.cleaned_data[column.key], *seen[column.key])
            for column in self.cells
            if column.key in seen and self.cleaned_data[column.key] != seen[column.key][1]
        ]

    def take(self, outcome: Outcome, row: Row) -> None:
        """Show at the fields what was not saved; `row` is as it is now, so that saving again decides."""
        self._refresh(row, but={change.column for change in self.changes()})
        for fault in outcome.errors:
            self.add_error(fault.column if fault.column in self.fields else None, fault.message)
        for conflict in outcome.conflicts:
            again = _("Save again to put yours in its place, or write theirs.")
            self.add_error(conflict.column, f"{conflict.message} {again}")

    def _refresh(self, row: Row, but: Collection[str]) -> None:
        """Take the row as it is now, `but` where the writer wrote: else the next try would undo what others did."""
        self.cells = {column: row.cells[column.key] for column in self.cells if column.key in row.cells}
        self.data = self.data.copy()
        self.data["seen"] = self.what_is_seen()
        for column, cell in self.cells.items():
            if column.key not in but:
                self.data[column.key] = column.written(cell.value)
