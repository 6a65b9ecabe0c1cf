"""What has to be open before money is written, held still until the writing is done."""

from django.utils.translation import gettext as _

from cases.finance.models import BudgetVersion
from committee.models import Period


class Locked(Exception):
    """The period is closed or the budget adopted; str() says what to do instead."""


def open_period(period: Period) -> Period:
    """Lock a period's row, so that nobody closes it meanwhile, and return it. Raises Locked when it is closed."""
    held = Period.objects.select_for_update().get(pk=period.pk)
    if not held.is_open:
        raise Locked(_("%s is closed. Ask the controller to open it again.") % held)
    return held


def open_budget(version: BudgetVersion) -> BudgetVersion:
    """Lock a budget's row, so that nobody adopts it meanwhile, and return it. Raises Locked when it is adopted."""
    held = BudgetVersion.objects.select_for_update().get(pk=version.pk)
    if not held.is_open:
        raise Locked(_("%s is adopted. Begin a revised budget to change it.") % held)
    return held
