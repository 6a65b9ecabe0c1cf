"""What is held against a period's money before a report on it is sent."""

from django.utils.translation import gettext as _

from cases.finance.checks import broken
from cases.finance.ledger import Ledger
from cases.finance.models import (
    Amount,
    BudgetVersion,
    Explanation,
    FreeTable,
    Grant,
    KeyFigureValue,
    LayoutColumn,
)
from core.naming import key_of
from core.preflight import Found, records_behind, rule


@rule("finance.disagrees", subject="committee.Period")
def disagrees(period):
    """The same money that is not the same in two tables."""
    for check in broken(Ledger(period)):
        yield Found(
            title=_("Two tables disagree"),
            message=check.sentence,
            place=f"{period}, {check.here.name}",
            url=check.here.url,
            excerpt=check.title,
            marked=check.told(check.here.value),
            expected=check.told(check.there.value),
            expected_place=check.there.name,
            about=key_of(period),
        )


@records_behind("finance")
def records(periods):
    """What is entered of a period, and what other periods and budgets of its committee say beside it."""
    bodies = periods.values("body")
    return [
        Amount.objects.filter(line__body__in=bodies),
        KeyFigureValue.objects.filter(figure__body__in=bodies),
        BudgetVersion.objects.filter(body__in=bodies),
        LayoutColumn.objects.filter(layout__body__in=bodies),
        *(model.objects.filter(period__in=periods) for model in (Explanation, Grant, FreeTable)),
    ]
