"""Keeping rows: saved, ordered, ended, removed, in the name of who does it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, ProtectedError, QuerySet

from core.collisions import reconciled
from core.services import service

FAR = 30_000  # where rows wait while their places are exchanged, so that no two ever have the same


Siblings = Callable[[Any], QuerySet]  # the rows that a row is ordered among
FIRST = "first"  # where a row is put that stands after none


@service
def keep(form: Any, *, siblings: Siblings | None = None, last: int = 0, by: Any) -> Any:
    """Save the form's row. Where rows have an order, a new one is put last, or where the form's `after` says.

    `last` is the highest position of all rows of the kind, of whatever siblings. Raises Collided for what
    somebody else has changed otherwise since the form was shown.
    """
    if siblings and form.instance.pk is None:
        form.instance.position = last + 1
    if form.instance.pk:
        _take_in(form)
    row = form.save()
    after = form.cleaned_data.get("after")
    if siblings and after:
        _order(siblings(row), lambda ordered: _put_after(ordered, row, after))
    return row


def _take_in(form: Any) -> None:
    """Let what somebody else changed meanwhile, and this form did not, stand in the row that it saves."""
    kept = type(form.instance)._default_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
    told = {name: form.cleaned_data[name] for name in form._meta.fields if name in form.cleaned_data}
    for name, value in reconciled(kept, told, form.seen).items():
        setattr(form.instance, name, value)


@service
def move(row: Any, siblings: QuerySet, *, up: bool, by: Any) -> None:
    """Let a row change places with its neighbour among the rows that it is ordered among."""
    _order(siblings, lambda ordered: _swap(ordered, row, -1 if up else 1))


def _put_after(ordered: list[Any], row: Any, after: str) -> None:
    moved = next(one for one in ordered if one.pk == row.pk)
    ordered.remove(moved)
    places = {str(one.pk): number for number, one in enumerate(ordered, 1)}
    ordered.insert(0 if after == FIRST else places.get(after, len(ordered)), moved)


def _swap(ordered: list[Any], row: Any, by: int) -> None:
    place = next(number for number, one in enumerate(ordered) if one.pk == row.pk)
    other = place + by
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]


def _order(siblings: QuerySet, change: Callable[[list[Any]], None]) -> None:
    """Change the order of rows, and write the places of those that got another one."""
    ordered = list(siblings.select_for_update(of=("self",)))
    places = sorted(one.position for one in ordered)
    if len(set(places)) != len(places):
        places = list(range(1, len(ordered) + 1))
    change(ordered)
    _put([(one, wanted) for one, wanted in zip(ordered, places, strict=True) if one.position != wanted])


def _put(pairs: Sequence[tuple[Any, int]]) -> None:
    """Give rows their places, by way of places that nobody has: some lists allow each place once."""
    for far in (FAR, 0):
        for row, wanted in pairs:
            row.position = wanted + far
            row.save(update_fields=["position"])


@service
def save(form: Any, *, by: Any) -> Any:
    """Save what a form about one row says."""
    return form.save()


@service
def end(row: Any, *, to_year: int, by: Any) -> None:
    """Let a row be in use until a year. What it holds stays, and is shown for the years that it is of."""
    row.to_year = to_year
    row.save(update_fields=["to_year"])


@service
def remove(row: Model, *, by: Any) -> None:
    """Remove a row that nothing refers to. Raises ProtectedError when something does after all."""
    if is_subject(row):
        raise ProtectedError("it is the subject of other rows", {row})
    row.delete()


def is_subject(row: Model) -> bool:
    """Whether a row of any app has it for its subject, where no foreign key could keep it from being removed."""
    kind = ContentType.objects.get_for_model(row)
    return any(
        model._default_manager.filter(**{field.ct_field: kind, field.fk_field: row.pk}).exists()
        for model in apps.get_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    )
