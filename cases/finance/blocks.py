"""The economy's tables as blocks of a period's documents."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from cases.finance import statements, trends
from cases.finance.ledger import Ledger
from cases.finance.models import Grant
from cases.finance.models.kinds import Table
from core.blocks import block

TEMPLATE = "finance/blocks/statement.html"
of_period = partial(block, subject="committee.Period", template=TEMPLATE)


@of_period("finance.summary", label=_("Financial summary"))
def summary(period, options, audience):
    """Income, costs, net and investments of the committee."""
    return statements.summary(Ledger.of(period))


@of_period("finance.operating", label=_("Operating result by area"))
def operating(period, options, audience):
    """Income, costs and net by area; with the option `rows` net, the net only, in the `columns` named.

    Of these the option `bars` names one that is also drawn.
    """
    if options.get("rows") == "net":
        return statements.operating_net(
            Ledger.of(period), options.get("columns", ()), options.get("bars", "")
        )
    return statements.operating(Ledger.of(period))


@of_period("finance.frame", label=_("The year's frame by area"))
def frame(period, options, audience):
    """The year's budget as the council's frame is shared out; with the option `by` project, to investments."""
    by_project = options.get("by") == "project"
    make = statements.invested_frame if by_project else statements.shared_frame
    return make(Ledger.of(period), **unit_of(options))


@block(
    "finance.decisions",
    subject="committee.Period",
    template="finance/blocks/decisions.html",
    label=_("Decisions on the year's budget"),
)
def decisions(period, options, audience):
    """Where the frame and the budget were decided, and when it was revised."""
    return statements.decisions(Ledger.of(period))


@of_period("finance.accounts", label=_("Account analysis"))
def accounts(period, options, audience):
    """The same money by account."""
    return statements.accounts(Ledger.of(period))


@of_period("finance.bridge", label=_("Change of the forecast"))
def bridge(period, options, audience):
    """What the forecast has changed by, cause by cause."""
    return statements.bridge(Ledger.of(period), **unit_of(options))


@of_period("finance.outside", label=_("Items that are hard to influence"))
def outside(period, options, audience):
    """What is out of the committee's hands, and the forecast without it."""
    return statements.outside(Ledger.of(period), **unit_of(options))


@of_period("finance.grants", label=_("Government grants"))
def grants(period, options, audience):
    """Grants; with the option `kind` migration, income from the Migration Agency."""
    kind = options.get("kind", Grant.Kind.GRANT)
    return statements.grants(Ledger.of(period), kind, **unit_of(options))


@of_period("finance.investments", label=_("Investments"))
def investments(period, options, audience):
    """Investments by group; with the option `by` project, by project."""
    by_project = options.get("by") == "project"
    return (statements.projects if by_project else statements.investments)(Ledger.of(period))


@of_period("finance.volumes", label=_("Volumes"))
def volumes(period, options, audience):
    return statements.counted(Ledger.of(period), Table.VOLUMES)


@of_period("finance.key_figures", label=_("Key figures"))
def key_figures(period, options, audience):
    return statements.counted(Ledger.of(period), Table.KEY_FIGURES)


@of_period("finance.staff", label=_("Staff"))
def staff(period, options, audience):
    return statements.counted(Ledger.of(period), Table.STAFF)


@of_period("finance.free_table", label=_("Free table"))
def free_table(period, options, audience):
    """The free table of the option `key`; without it the first one."""
    tables = Ledger.of(period).free_tables
    wanted = [table for table in tables if table.key == options.get("key", table.key)]
    return statements.free(wanted[0]) if wanted else {"sections": []}


@block(
    "finance.deviation_chart",
    subject="committee.Period",
    template="finance/blocks/deviation_chart.html",
    label=_("Chart: deviation by area"),
)
def deviation_chart(period, options, audience):
    """What each area's forecast deviates from its budget."""
    return trends.deviations(Ledger.of(period))


@block(
    "finance.forecast_chart",
    subject="committee.Period",
    template="finance/blocks/forecast_chart.html",
    label=_("Chart: the forecast over time"),
)
def forecast_chart(period, options, audience):
    """The year's forecasts, one after the other, against the budget."""
    return trends.forecasts(Ledger.of(period))


def unit_of(options):
    """Return the unit that a document asks for in a table without a layout."""
    return {"unit": options["unit"]} if "unit" in options else {}
