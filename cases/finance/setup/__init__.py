"""What the controller sets up: areas, lines, projects, counted rows, and the columns of tables."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cases.finance.models.kinds import COUNTED, Table
from cases.finance.setup.columns import Columns
from cases.finance.setup.rows import Areas, Figures, Groupings, Lines, ProjectGroups, Projects
from committee.permissions import kept_by
from core.setup import Setup

SETUP = Setup(
    namespace="finance",
    label=_("Areas, rows and columns"),
    help=_("What money and numbers are entered for, and how the tables show them."),
    owner=lambda user: kept_by(user, "finance.set_up"),
    crumb=(_("Finance"), reverse_lazy("finance:period-list")),
    listings=[
        Areas(),
        Groupings(),
        Lines(),
        ProjectGroups(),
        Projects(),
        *(Figures(table) for table in COUNTED),
        *(Columns(table) for table in Table),
    ],
)
