"""What is refused before it is saved, with a message for the field where it stands."""

from decimal import Decimal

from django.utils.translation import gettext as _

from cases.measures.models import MeasureEdition
from committee.models import Period
from core import personal_numbers

Unit = MeasureEdition.Unit
NEVER_BELOW_ZERO = frozenset({Unit.PERCENT, Unit.COUNT, Unit.WEEKS, Unit.MONTHS})


class Refused(ValueError):
    """What was sent is not saved. `field` is where it stands; the text says what is wrong and how to mend it."""

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


def lock_open(period: Period) -> Period:
    """Return the period, locked; raises Refused when it is closed."""
    locked = Period.objects.select_for_update(of=("self",), no_key=True).get(pk=period.pk)
    if not locked.is_open:
        raise Refused("", _("%s is closed. A controller can open it again.") % locked)
    return locked


def check_value(edition: MeasureEdition, field: str, value: Decimal | None) -> None:
    """Refuse a value that the unit cannot have."""
    if value is None:
        return
    if edition.is_yes_no and value not in (0, 1):
        raise Refused(field, _("Answer yes or no."))
    if edition.unit == Unit.COUNT and field == "value" and value != value.to_integral_value():
        raise Refused(field, _("A number of things is whole."))
    if edition.unit in NEVER_BELOW_ZERO and value < 0:
        raise Refused(field, _("The value cannot be below zero."))


def check_texts(**texts: str) -> None:
    """Refuse a personal number in any of the texts."""
    for field, text in texts.items():
        if found := next(personal_numbers.find(text), None):
            raise Refused(
                field,
                _("A personal number (%s) stands in the text. Take it out.") % personal_numbers.hide(found),
            )
