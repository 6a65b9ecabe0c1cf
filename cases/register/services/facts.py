from typing import Any

from django.utils.text import slugify

from cases.register.models import Fact
from committee.models import Period, Person
from core.services import service


@service
def add_fact(period: Period, *, label: str, by: Person, **fields: Any) -> Fact:
    """Enter a number of a period; texts refer to it by a key made from what it is called."""
    return Fact.objects.create(
        body=period.body, period=period, key=free_key(period, label), label=label, by=by, **fields
    )


@service
def change_fact(fact: Fact, *, by: Person, **fields: Any) -> Fact:
    """Correct a number. Texts that are not approved say the new one at once; approved ones stay."""
    fact = Fact.objects.select_for_update().get(pk=fact.pk)
    for name, value in {**fields, "by": by}.items():
        setattr(fact, name, value)
    fact.save(update_fields=[*fields, "by"])
    return fact


def free_key(period: Period, label: str) -> str:
    """Return a key that no other fact of the period has, such as `decisions-carried-out`."""
    wanted = slugify(label)[:50] or "value"
    taken = set(Fact.objects.filter(body=period.body_id, period=period).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
