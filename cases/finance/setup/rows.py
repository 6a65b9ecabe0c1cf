"""The rows of tables: areas and how they are laid together, lines, projects, and what is counted."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.finance.models import Grouping, KeyFigure, Line, Project, ProjectGroup
from cases.finance.setup import forms
from committee.models import OperatingArea
from core.setup import Listing


def amounts_of(row):
    """Say how many amounts a row holds, and of which years."""
    years = sorted(set(row.amounts.values_list("year", flat=True)))
    if not years:
        return ""
    count = row.amounts.count()
    told = {"number": count, "first": years[0], "last": years[-1]}
    return (
        ngettext(
            "It holds %(number)s amount, %(first)s–%(last)s.",
            "It holds %(number)s amounts, %(first)s–%(last)s.",
            count,
        )
        % told
    )


class HoldsAmounts(Listing):
    """Rows that amounts are entered for."""

    def held(self, row):
        return amounts_of(row)

    def last_year(self, row):
        return forms.last_year(row.amounts)


class Areas(HoldsAmounts):
    key = "areas"
    label = _("Operating areas")
    help = _("The parts of the committee's work that have money of their own.")
    add_label = _("Add an area")
    heads = (_("Code"), _("Note under tables"))
    form = forms.AreaForm
    is_ordered = True

    def rows(self, owner):
        return owner.operating_areas.all()

    def new(self, owner):
        return OperatingArea(body=owner)

    def cells(self, row):
        return row.code, row.note


class Groupings(Listing):
    key = "groupings"
    label = _("Groupings of areas")
    help = _("Areas that are led as one are shown as one row; what is entered stays apart.")
    add_label = _("Add a grouping")
    heads = (_("Groups"), _("Used in"))
    form = forms.GroupingForm

    def rows(self, owner):
        return owner.groupings.order_by("name").prefetch_related("members", "layouts")

    def new(self, owner):
        return Grouping(body=owner)

    def cells(self, row):
        groups = dict.fromkeys(one.group for one in row.members.all())
        return ", ".join(groups), ", ".join(str(one) for one in row.layouts.all())

    def held(self, row):
        tables = ", ".join(str(one) for one in row.layouts.all())
        return _("It is used in: %s. Choose another one there first.") % tables if tables else ""

    def missing(self, owner):
        if owner.operating_areas.exists():
            return None
        url = reverse("finance:setup-list", args=["areas"])
        return _("There have to be areas before they can be laid together."), _("Add areas"), url


class Lines(HoldsAmounts):
    key = "lines"
    label = _("Account lines")
    help = _("What money is: an area's income and costs, account groups, investments.")
    add_label = _("Add a line")
    heads = (_("Code"), _("Side"))
    form = forms.LineForm
    is_ordered = True

    def rows(self, owner):
        return owner.lines.order_by("cut", "position", "pk")

    def new(self, owner):
        return Line(body=owner)

    def cells(self, row):
        return row.code, row.get_side_display()

    def group(self, row):
        return str(row.get_cut_display()).capitalize()


class ProjectGroups(Listing):
    key = "project-groups"
    label = _("Groups of projects")
    help = _("Investment projects that are shown as one row, such as those of one year.")
    add_label = _("Add a group")
    heads = (_("Projects"),)
    form = forms.ProjectGroupForm
    is_ordered = True

    def rows(self, owner):
        return owner.project_groups.prefetch_related("projects")

    def new(self, owner):
        return ProjectGroup(body=owner)

    def cells(self, row):
        return (len(row.projects.all()),)

    def held(self, row):
        count = len(row.projects.all())
        if not count:
            return ""
        said = ngettext("%s project belongs to it.", "%s projects belong to it.", count) % count
        return f"{said} {_('Move them to another group first.')}"


class Projects(HoldsAmounts):
    key = "projects"
    label = _("Projects")
    help = _("Investment projects with their numbers in the ledger.")
    add_label = _("Add a project")
    form = forms.ProjectForm

    def rows(self, owner):
        projects = Project.objects.filter(group__body=owner).select_related("group")
        return projects.order_by("group__position", "group__pk", "code")

    def new(self, owner):
        return Project()

    def group(self, row):
        return row.group.name

    def missing(self, owner):
        if owner.project_groups.exists():
            return None
        url = reverse("finance:setup-list", args=["project-groups"])
        return _("A project belongs to a group of projects."), _("Add a group"), url


class Figures(Listing):
    """The rows of one table of what is counted."""

    help = _("Rows in the table's order: groups, groups inside them, numbers, and notes between them.")
    add_label = _("Add a row")
    heads = (_("Kind of row"), _("Unit"), _("Of which"))
    form = forms.FigureForm
    is_ordered = True

    def __init__(self, table):
        self.table, self.key, self.label = table, table.value.replace("_", "-"), table.label

    def rows(self, owner):
        return KeyFigure.objects.filter(body=owner, table=self.table).select_related("part_of")

    def new(self, owner):
        return KeyFigure(body=owner, table=self.table)

    def cells(self, row):
        return row.get_row_display(), row.unit, row.part_of.label if row.part_of else ""

    def held(self, row):
        values, parts = row.values.count(), row.parts.count()
        said = []
        if values:
            said.append(ngettext("It holds %s number.", "It holds %s numbers.", values) % values)
        if parts:
            said.append(ngettext("%s row is a part of it.", "%s rows are parts of it.", parts) % parts)
        return " ".join(said)

    def last_year(self, row):
        return forms.last_year(row.values)
