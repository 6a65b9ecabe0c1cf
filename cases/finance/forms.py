from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.models import Explanation, Grant
from core import reading
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers


class KronorField(forms.CharField):
    """An amount of kronor as people write it: `1 127 679` or `-6 487,50`."""

    def __init__(self, **options):
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal"}), **options})

    def to_python(self, value):
        try:
            return reading.number(super().to_python(value) or "", decimals=2)
        except reading.Unreadable as why:
            raise forms.ValidationError(str(why)) from None

    def prepare_value(self, value):
        return (
            value if isinstance(value, str) or value is None else reading.canonical(value).replace(".", ",")
        )

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != data


class BeginBudgetForm(CrispyMixin, forms.Form):
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("When the year has a budget already, the new one begins as a copy of it."),
    )
    rows = ("year",)
    save_label = gettext_lazy("Begin")


class FrameForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """What the council gives the committee for the year."""

    rows = ("frame", "frame_decision")
    frame = KronorField(
        label=gettext_lazy("The council's frame, kronor"),
        required=False,
        help_text=gettext_lazy(
            "As a net cost, above zero. The areas have to have it all when the budget is adopted."
        ),
    )
    frame_decision = forms.CharField(
        label=gettext_lazy("The council's decision"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Body, paragraph and date, such as Kommunfullmäktige § 112, 2022-11-21."),
    )


class ExplanationForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    rows = (Row(Column("label"), Column("kronor")), "comment")
    kronor = KronorField(label=gettext_lazy("Amount, kronor"))

    class Meta:
        model = Explanation
        fields = ["label", "kronor", "comment"]


class GrantForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    rows = (
        "name",
        Row(Column("kronor"), Column("received"), Column("used")),
        Row(Column("decider"), Column("operation")),
        Row(Column("report_due_on"), Column("repayment")),
    )
    kronor = KronorField(label=gettext_lazy("Reckoned with, kronor"))
    received = KronorField(label=gettext_lazy("Received, kronor"), required=False)
    used = KronorField(label=gettext_lazy("Used, kronor"), required=False)
    repayment = KronorField(label=gettext_lazy("To be paid back, kronor"), required=False)

    class Meta:
        model = Grant
        fields = [
            "name",
            "kronor",
            "received",
            "used",
            "decider",
            "operation",
            "report_due_on",
            "repayment",
        ]
        widgets = {"report_due_on": DateInput}


class FreeTableForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """A table as it is copied from Excel: columns by tab, the first row heads them."""

    rows = ("title", "pasted", "sums", "note")
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    pasted = forms.CharField(
        label=gettext_lazy("The table"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the cells in Excel, heads too, and paste them here."),
    )
    sums = forms.BooleanField(label=gettext_lazy("Sum the columns of numbers"), required=False)
    note = forms.CharField(label=gettext_lazy("Note under the table"), max_length=500, required=False)

    def clean_pasted(self):
        """Return heads and rows of cells."""
        lines = [line for line in self.cleaned_data["pasted"].splitlines() if line.strip()]
        rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
        if len(rows) < 2 or len(rows[0]) < 2:
            raise forms.ValidationError(_("Paste at least two columns, and a row below the heads."))
        if any(len(row) > len(rows[0]) for row in rows):
            raise forms.ValidationError(_("A row has more cells than there are heads."))
        self.pasted_rows = rows
        return self.cleaned_data["pasted"]
