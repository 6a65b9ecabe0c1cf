"""What the pages of the importer ask."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formats, reading
from core.forms import CrispyMixin
from core.importing.cells import Sheet
from core.importing.heads import headings
from core.importing.memory import suggested_columns
from core.importing.targets import Target
from core.models import ImportRun

EXAMPLES = 3  # values below a heading by which one knows the column
LEFT_OUT = "-"  # what the page sends for a code whose rows are left out


class UploadForm(CrispyMixin, forms.Form):
    """Where the file comes from, and the file."""

    save_label = gettext_lazy("Go on")

    source = forms.CharField(
        label=gettext_lazy("Where does the file come from?"),
        max_length=80,
        help_text=gettext_lazy(
            "The name of the system or report, such as “Ekonomisystemet”. What its columns and codes mean "
            "is remembered by this name until next time."
        ),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV, at most 10 MB. Nothing is saved before you have seen what changes."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.json"}),
    )
    address = forms.CharField(
        label=gettext_lazy("… or address at Kolada"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Such as https://api.kolada.se/v2/data/kpi/N00000/municipality/0000/year/2022"
        ),
    )

    def __init__(self, *args, takes_kolada, **kwargs):
        super().__init__(*args, **kwargs)
        if not takes_kolada:
            del self.fields["address"]

    def clean_source(self):
        return " ".join(self.cleaned_data["source"].split())

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned.get("address"):
            self.add_error("file", _("Choose a file."))
        return cleaned


class SheetForm(forms.Form):
    """Which sheet, and where its headings are: asked again when the guess was wrong."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"), widget=forms.Select(attrs={"class": "form-select"})
    )
    head_row = forms.IntegerField(
        label=gettext_lazy("Row of the headings"),
        min_value=1,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args, run, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in run.sheets]
        if len(run.sheets) == 1:
            self.fields["sheet"].widget = forms.HiddenInput()


class ColumnsForm(CrispyMixin, forms.Form):
    """Which heading is which column of ours, and what the file should come to."""

    save_label = gettext_lazy("Go on")

    def __init__(self, *args, target: Target, run: ImportRun, sheet: Sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.target, self.sheet = target, sheet
        heads = headings(sheet, run.head_row)
        suggested = suggested_columns(target, run, sheet)
        for column in target.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.label,
                required=column.is_required,
                choices=[
                    ("", _("Choose …") if column.is_required else _("Not in the file")),
                    *self._choices(heads, run.head_row),
                ],
                initial=suggested.get(column.key, ""),
                help_text=column.help,
            )
            if column.may_join:
                self.fields[column.joined_key] = forms.ChoiceField(
                    label=_("%s, together with") % column.label,
                    required=False,
                    choices=[("", _("Nothing more")), *self._choices(heads, run.head_row)],
                    initial=suggested.get(column.joined_key, ""),
                    help_text=_("When one row of ours is told by two columns of the file."),
                )
        if target.numbers:
            self._ask_for_control(run)
        if target.may_turn_signs:
            self._ask_for_signs(run)

    def _choices(self, heads, head_row):
        return [
            (head, f"{head} – {examples}" if (examples := self._examples(column, head_row)) else head)
            for column, head in heads.items()
        ]

    def _examples(self, column, head_row):
        """Return the first values below a heading, as they stand."""
        below = range(head_row + 1, len(self.sheet.rows) + 1)
        cells = [self.sheet.at(row, column) for row in below]
        texts = [cell.shown for cell in cells if not cell.is_empty]
        return ", ".join(text[:24] for text in texts[:EXAMPLES])

    def _ask_for_signs(self, run):
        self.fields["turns_signs"] = forms.BooleanField(
            label=_("Turn the signs"),
            required=False,
            initial=run.turns_signs,
            help_text=_("When the file has minus where we have plus."),
        )

    def _ask_for_control(self, run):
        self.fields["control_total"] = forms.CharField(
            label=_("Control total"),
            required=False,
            initial=formats.number(run.control_total.normalize(), places_of(run.control_total))
            if run.control_total is not None
            else "",
            help_text=_(
                "What the rows should add up to, from the report itself. If the file comes to something else, nothing is saved."
            ),
        )
        self.fields["control_key"] = forms.ChoiceField(
            label=_("Control total of"),
            required=False,
            choices=[(column.key, column.label) for column in self.target.numbers],
            initial=run.control_key or self.target.numbers[0].key,
        )

    def clean_control_total(self):
        try:
            return reading.number(self.cleaned_data["control_total"], decimals=4)
        except reading.Unreadable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self):
        cleaned = super().clean()
        chosen = [head for head in self.chosen.values() if head]
        for column in self.target.columns:
            if cleaned.get(column.joined_key) and not cleaned.get(column.key):
                self.add_error(column.joined_key, _("Choose the first of the two columns as well."))
        for key, head in self.chosen.items():
            if chosen.count(head) > 1:
                self.add_error(key, _("“%s” is chosen twice. Each heading is one column.") % head)
        if not self.errors:
            self._require_numbers(cleaned)
        return cleaned

    def _require_numbers(self, cleaned):
        numbers = [column.key for column in self.target.numbers]
        if numbers and not any(cleaned[key] for key in numbers):
            self.add_error(numbers[0], _("Choose at least one column with numbers."))
        if cleaned.get("control_total") is not None and not cleaned[cleaned["control_key"]]:
            self.add_error("control_key", _("This column is not in the file."))

    @property
    def common(self):
        return self._asked(rare=False)

    @property
    def rare(self):
        return self._asked(rare=True)

    def _asked(self, *, rare):
        columns = [column for column in self.target.columns if column.is_rare == rare]
        names = [name for column in columns for name in (column.key, column.joined_key)]
        return [self[name] for name in names if name in self.fields]

    @property
    def has_rare(self):
        """Whether a rare column is in the file, or something is wrong with one."""
        return any(field.value() or field.errors for field in self.rare)

    @property
    def around(self):
        """The questions about the whole file."""
        return [self[name] for name in self.fields if name not in self._keys]

    @property
    def chosen(self):
        """Return {our key: heading} for what was chosen."""
        return {key: self.cleaned_data[key] for key in self._keys if self.cleaned_data.get(key)}

    @property
    def _keys(self):
        """The names of the questions about columns."""
        names = [name for column in self.target.columns for name in (column.key, column.joined_key)]
        return [name for name in names if name in self.fields]


def places_of(value):
    return max(0, -int(value.normalize().as_tuple().exponent))


class CodeForm(forms.Form):
    """What one code means."""

    means = forms.ChoiceField()

    def __init__(self, *args, entry, code_list, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry, self.code_list = entry, code_list
        field = self.fields["means"]
        field.choices = [
            ("", _("Choose …")),
            *options,
            (LEFT_OUT, _("Leave its rows out")),
        ]
        field.label = _("What %s means") % (entry["code"] or _("no code"))
        field.error_messages["required"] = _("Say what the code means, or leave its rows out.")
        field.widget.attrs["aria-label"] = field.label
        field.initial = entry.get("means", likely(entry["code"], options))
        if self.is_bound and self.errors:
            field.widget.attrs |= {
                "class": "form-select is-invalid",
                "aria-describedby": f"{self.prefix}-wrong",
            }
        else:
            field.widget.attrs["class"] = "form-select"

    @property
    def pair(self):
        means = self.cleaned_data["means"]
        return (self.entry["list"], self.entry["code"]), "" if means == LEFT_OUT else means


SUMS = ("summa", "totalt", "delsumma")  # how ledgers in Swedish call rows that are sums of others


def likely(code, options):
    """Return what a code seems to mean, to be confirmed: a sum of rows, which is left out, as is no code at all,
    or the one option whose name stands in it, such as in `51 Ekonomiskt bistånd`."""
    if not code or code.casefold().startswith(SUMS):
        return LEFT_OUT
    meant = [key for key, label in options if label.casefold() in code.casefold()]
    return meant[0] if len(meant) == 1 else ""
