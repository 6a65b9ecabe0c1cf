"""What is asked about the rows of tables."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.models import GroupedArea, Grouping, KeyFigure, Layout, Line, Project, ProjectGroup
from cases.finance.models.kinds import Table
from committee.models import OperatingArea
from core.setup.forms import KeptForm, YearsForm

YEARS = Row(Column("from_year"), Column("to_year"))


def last_year(rows):
    """Return the last year that something is entered for, or None."""
    return rows.aggregate(last=Max("year"))["last"]


class HoldsAmountsForm(YearsForm):
    last_held = staticmethod(lambda row: last_year(row.amounts) if row.pk else None)


class AreaForm(HoldsAmountsForm):
    lasting = ("code",)
    unique_field = "code"
    rows = (Row(Column("code"), Column("name")), "note", YEARS)

    class Meta:
        model = OperatingArea
        fields = ["code", "name", "note", "from_year", "to_year"]


class LineForm(HoldsAmountsForm):
    lasting = ("code", "cut")
    unique_field = "code"
    rows = (Row(Column("cut"), Column("side")), Row(Column("code"), Column("name")), YEARS)

    class Meta:
        model = Line
        fields = ["cut", "side", "code", "name", "from_year", "to_year"]
        help_texts = {"cut": gettext_lazy("The same money is cut by area and by account, and held together.")}


class ProjectGroupForm(KeptForm):
    unique_field = "name"

    class Meta:
        model = ProjectGroup
        fields = ["name"]


class ProjectForm(HoldsAmountsForm):
    lasting = ("code",)
    unique_field = "code"
    rows = ("group", Row(Column("code"), Column("name")), YEARS)

    class Meta:
        model = Project
        fields = ["group", "code", "name", "from_year", "to_year"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = self.owner.project_groups.all()


class FigureForm(YearsForm):
    """A row of what is counted. Headings and notes have no unit and no parts."""

    last_held = staticmethod(lambda row: last_year(row.values) if row.pk else None)
    rows = (
        Row(Column("row"), Column("label")),
        Row(Column("unit"), Column("decimals"), Column("total")),
        Row(Column("part_of"), Column("adds_up")),
        YEARS,
    )

    class Meta:
        model = KeyFigure
        fields = "row label unit decimals total part_of adds_up from_year to_year".split()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wholes = KeyFigure.objects.filter(body=self.owner, table=self.instance.table, part_of=None)
        self.fields["part_of"].queryset = wholes.filter(row=KeyFigure.Row.NUMBER).exclude(pk=self.instance.pk)
        self.fields["decimals"].max_value = 4

    def clean_decimals(self):
        if self.cleaned_data["decimals"] > 4:
            raise ValidationError(_("At most four decimals are kept."))
        return self.cleaned_data["decimals"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("row") != KeyFigure.Row.NUMBER:
            if self.instance.pk and self.instance.values.exists():
                self.add_error("row", _("Numbers are entered for it, so it stays a row of numbers."))
            cleaned |= {"unit": "", "decimals": 0, "total": "", "part_of": None, "adds_up": False}
        elif cleaned.get("part_of") and self.instance.pk and self.instance.parts.exists():
            self.add_error("part_of", _("It has parts of its own, so it cannot be a part."))
        return cleaned

    def save(self, commit=True):
        if not self.instance.code:
            self.instance.code = free_code(self.owner, self.instance.label)
        return super().save(commit)


def free_code(body, label):
    """Return a code made from the label, such as `boendestod-antal-insatser`; numbered when it is taken."""
    code = slugify(label)[:36] or "row"
    taken = set(KeyFigure.objects.filter(body=body, code__startswith=code).values_list("code", flat=True))
    names = [code, *(f"{code}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


class GroupingForm(KeptForm):
    """A grouping, with a field for each area: what it is laid together as."""

    unique_field = "name"
    is_used = forms.BooleanField(label=gettext_lazy("Used in the table of operating results"), required=False)

    class Meta:
        model = Grouping
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = {one.area_id: one.group for one in self.instance.members.all()} if self.instance.pk else {}
        layouts = Layout.objects.filter(body=self.owner, table=Table.OPERATING)
        self.initial["is_used"] = self.instance.pk and layouts.filter(grouping=self.instance).exists()
        self.areas = {f"area_{area.pk}": area for area in self.owner.operating_areas.all()}
        for name, area in self.areas.items():
            self.fields[name] = forms.CharField(
                label=area.name,
                max_length=120,
                required=False,
                initial=held.get(area.pk, ""),
                help_text=_("The group that it is shown in; empty: it stands by itself."),
            )

    def save(self, commit=True):
        grouping = super().save(commit)
        for name, area in self.areas.items():
            self._place(grouping, area, self.cleaned_data[name])
        layouts = Layout.objects.filter(body=self.owner, table=Table.OPERATING)
        if self.cleaned_data["is_used"]:
            layouts.exclude(grouping=grouping).update(grouping=grouping)
        else:
            layouts.filter(grouping=grouping).update(grouping=None)
        return grouping

    def _place(self, grouping, area, group):
        if group:
            GroupedArea.objects.update_or_create(grouping=grouping, area=area, defaults={"group": group})
        else:
            GroupedArea.objects.filter(grouping=grouping, area=area).delete()
