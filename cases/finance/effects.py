"""What follows from a budget's steps."""

from datetime import date

from cases.finance import services
from core.effects import effect


@effect("finance.BudgetVersion", "adopt")
def adopt_budget(version, taken):
    services.adopt_budget(
        version,
        decided_on=date.fromisoformat(str(taken.data["decided_on"])),
        decision=taken.data["decision"],
        by=taken.by,
    )
