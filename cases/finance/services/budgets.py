from datetime import date
from decimal import Decimal

from cases.finance.models import Amount, BudgetVersion
from cases.finance.services.locking import open_budget
from committee.models import Body, Person
from core.services import service


@service
def begin_budget(body: Body, *, year: int, by: Person) -> BudgetVersion:
    """Begin a year's budget; when there is one, a revised budget that begins as a copy of it.

    The body's row is locked, so that two who begin at once get versions of their own.
    """
    Body.objects.select_for_update().get(pk=body.pk)
    last = BudgetVersion.objects.filter(body=body, year=year).order_by("-number").first()
    version = BudgetVersion.objects.create(
        body=body,
        year=year,
        number=last.number + 1 if last else 1,
        continues=last,
        frame=last.frame if last else None,
        frame_decision=last.frame_decision if last else "",
    )
    if last:
        _copy_amounts(last, version)
    return version


def _copy_amounts(old: BudgetVersion, new: BudgetVersion) -> None:
    copies = list(Amount.objects.filter(budget=old))
    for amount in copies:
        amount.pk, amount.budget, amount.version = None, new, 1
    Amount.objects.bulk_create(copies)


@service
def set_frame(version: BudgetVersion, *, frame: Decimal | None, decision: str, by: Person) -> BudgetVersion:
    """Write down what the council gives the committee for the year, as a net cost in kronor. Raises Locked."""
    version = open_budget(version)
    version.frame, version.frame_decision = frame, decision
    version.save(update_fields=["frame", "frame_decision"])
    return version


@service
def adopt_budget(version: BudgetVersion, *, decided_on: date, decision: str, by: Person) -> None:
    """Write down which decision a budget rests on; it has just been adopted, and is locked from now on."""
    version.decided_on, version.decision = decided_on, decision
    version.save(update_fields=["decided_on", "decision"])
