"""What follows for goals and targets from the steps of others."""

from cases.measures import services
from core.effects import effect


@effect("finance.BudgetVersion", "adopt")
def adopt_goals(version, taken):
    """Adopt the goals and targets of a budget's year by the same decision."""
    services.adopt_year(version.body, year=version.year, taken=taken, by=taken.by)
