from django.db import transaction

from cases.register.models import NumberCounter
from committee.models import Body


@transaction.atomic
def next_number(body: Body, *, year: int) -> str:
    """Give out the body's next registry number, such as SN/2026:00042.

    The counter row stays locked until the caller's transaction ends, so numbers are unique, in
    order, and without gaps when the caller fails.
    """
    counter, _created = NumberCounter.objects.select_for_update().get_or_create(body=body, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return body.municipality.format_number(body.prefix, year, counter.last)
