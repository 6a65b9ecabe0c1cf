"""The columns of a table: what they take, how they are computed, and how they read."""

from datetime import date

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.finance import formulas
from cases.finance.columns import head_of
from cases.finance.models import Layout, LayoutColumn
from cases.finance.models.kinds import COUNTED
from cases.finance.setup import names
from committee.models import Period
from core import clock
from core.setup import KeptForm, Listing

LONGEST = 200  # in words; with keys it is shorter
BEGINS_WITH_LETTER = gettext_lazy("Begin with a letter a–z; then letters, digits, - and _.")


class ColumnForm(KeptForm):
    """A column: amounts of a kind, or a formula over the others."""

    lasting = ("key",)
    unique_field = "key"
    key = forms.RegexField(
        r"\A[a-z][a-z0-9_-]*\Z",
        label=gettext_lazy("Code"),
        required=False,
        max_length=30,
        help_text=gettext_lazy(
            "By which texts and files refer to the column. Left empty, it is made from what it shows."
        ),
        error_messages={"invalid": BEGINS_WITH_LETTER},
    )
    year_offset = forms.TypedChoiceField(
        label=gettext_lazy("Year"),
        coerce=int,
        choices=list(names.YEARS.items()),
    )
    formula = forms.CharField(
        label=gettext_lazy("Formula"), required=False, max_length=LONGEST, widget=forms.TextInput
    )
    rows = (
        Row(Column("kind"), Column("year_offset")),
        Row(Column("span"), Column("reported")),
        "formula",
        Row(Column("unit"), Column("decimals")),
        Row(Column("head"), Column("key")),
    )

    class Meta:
        model = LayoutColumn
        fields = "kind year_offset span reported formula unit decimals head key".split()
        labels = {
            "kind": gettext_lazy("Shows"),
            "reported": gettext_lazy("As reported by"),
            "span": gettext_lazy("Months"),
            "head": gettext_lazy("Own head"),
        }
        help_texts = {
            "kind": gettext_lazy("Empty for a column that is computed by a formula."),
            "head": gettext_lazy("Left empty, the head is made from what the column shows, and follows the period."),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.others, self.names = {}, {}
        if self.instance.layout_id:
            rows = list(self.instance.layout.columns.all())
            self.others = {row.key: row for row in rows if row.pk != self.instance.pk}
            self.names = names.names_of(rows, example(self.owner))
        if self.others and not self.instance.pk:
            first = next(iter(self.others.values()))
            self.initial |= {"unit": first.unit, "decimals": first.decimals}
        self._tell_of_formulas()

    def _tell_of_formulas(self):
        self.initial["formula"] = names.written(self.instance.formula, self.names)
        known = [name for key, name in self.names.items() if key in self.others]
        self.fields["formula"].help_text = _(
            "Columns added and subtracted by name, such as forecast - budget; after % what it is a percentage of. "
            "You can write: {names}."
        ).format(names=", ".join(known) or "–")

    @property
    def is_counted(self):
        return self.instance.layout.table in COUNTED

    def clean_decimals(self):
        if self.cleaned_data["decimals"] > 4:
            raise ValidationError(_("At most four decimals are kept."))
        return self.cleaned_data["decimals"]

    def clean(self):
        cleaned = super().clean()
        kind, formula = cleaned.get("kind"), cleaned.get("formula", "")
        if bool(kind) == bool(formula):
            self.add_error("formula", _("Choose what the column shows, or write a formula: one of the two."))
        elif "key" in cleaned:
            cleaned["key"] = cleaned["key"] or self._free_key(kind or "formula")
            formula = self._checked(formula, cleaned["key"])
        if not cleaned.get("unit") and not self.is_counted:
            self.add_error("unit", _("Choose a unit: amounts are kept in kronor."))
        return cleaned | {"formula": formula}

    def _free_key(self, key):
        numbered = [f"{key}-{number}" for number in range(2, len(self.others) + 3)]
        return next(name for name in (key, *numbered) if name not in self.others)

    def _checked(self, formula, key):
        """Return a formula as it is kept, or say at the field why it cannot be."""
        if not formula:
            return ""
        try:
            formula = names.kept(formula, self.names, own=key)
            formulas.check(formula, key, {name: row.formula for name, row in self.others.items()})
        except formulas.NotAFormula as wrong:
            self.add_error("formula", str(wrong))
        return formula

    def preview(self):
        """Return the head of the column as it will stand in the latest report."""
        row = self.instance
        return head_of(row, {**self.others, row.key: row}, example(self.owner))


def example(body):
    """Return a period to show heads of: the latest interim period, or one of this year."""
    interims = Period.objects.filter(body=body, kind=Period.Kind.INTERIM).order_by("-ends_on")
    year = clock.today().year
    return interims.first() or Period(
        body=body, kind=Period.Kind.INTERIM, year=year, number=2, ends_on=date(year, 8, 31)
    )


class Columns(Listing):
    """The columns of one table."""

    help = gettext_lazy(
        "Each column takes amounts of a kind and a year, or is computed from the others. Heads follow the period."
    )
    add_label = gettext_lazy("Add a column")
    heads = (
        gettext_lazy("Name in formulas"),
        gettext_lazy("Takes"),
        gettext_lazy("Unit"),
        gettext_lazy("Decimals"),
    )
    form = ColumnForm
    is_ordered = True
    has_preview = True

    def __init__(self, table):
        self.table, self.key = table, f"columns-{table.value.replace('_', '-')}"

    @property
    def label(self):
        return _("Columns: %(table)s") % {"table": self.table.label}

    def rows(self, owner):
        columns = LayoutColumn.objects.filter(layout__body=owner, layout__table=self.table)
        # Fetched apart, so that all rows share one layout and its heads are worked out once.
        return columns.prefetch_related("layout__body", "layout__columns")

    def new(self, owner):
        layout = Layout.objects.filter(body=owner, table=self.table).first()
        return LayoutColumn(layout=layout)

    def name(self, row):
        return self._heads(row.layout).get(row.key) or row.key

    def cells(self, row):
        known = self._names(row.layout)
        takes = names.written(row.formula, known) or ", ".join(
            str(word) for word in (row.get_kind_display(), row.get_span_display(), row.get_reported_display())
        )
        return known[row.key], takes, row.get_unit_display(), row.decimals or ""

    def _heads(self, layout):
        """Return the heads of a layout's columns by key, read once for a page."""
        if not hasattr(layout, "_heads_by_key"):
            by_key = {row.key: row for row in layout.columns.all()}
            period = example(layout.body)
            layout._heads_by_key = {key: head_of(row, by_key, period) for key, row in by_key.items()}
            layout._names_by_key = names.names_of(by_key.values(), period)
        return layout._heads_by_key

    def _names(self, layout):
        self._heads(layout)
        return layout._names_by_key

    def held(self, row):
        users = [
            one
            for one in row.layout.columns.exclude(formula="").exclude(pk=row.pk)
            if row.key in formulas.parse(one.formula).keys
        ]
        if not users:
            return ""
        told = ", ".join(self.name(one) for one in users)
        return (
            ngettext("A column is computed from it: %s.", "Columns are computed from it: %s.", len(users))
            % told
        )

    def loses(self, row):
        return _("Texts that show a value of this column will say that it is missing.")

    def missing(self, owner):
        if Layout.objects.filter(body=owner, table=self.table).exists():
            return None
        return (
            gettext_lazy("The table has no columns yet. Begin with the standard ones."),
            gettext_lazy("To the standard tables"),
            reverse("finance:period-list"),
        )
