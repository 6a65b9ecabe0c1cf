"""Several kinds of rows in one query: for pages that need a little of much.

A question to the database costs a journey there and back, however little it asks for. What belongs together and
does not depend on each other, such as the columns, lines and areas of a table, makes that journey once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    DecimalField,
    F,
    Field,
    Func,
    JSONField,
    Model,
    Prefetch,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import JSONObject, RowNumber
from django.db.models.sql.compiler import SQLCompiler

Row = Mapping[str, Any]
Give = Callable[[Sequence[Any]], None]


class RowAsJson(Func):
    """A whole row, at a path of relations, as one JSON object of its columns.

    Written out here, since Django's JSONObject weighs each column on its own: of a row of twenty that takes longer
    than the query.
    """

    def __init__(self, model: type[Model], path: str):
        self.model = model
        # Any column but the key, for which Django would look in the table that leads there.
        column = next(field.attname for field in _fields(model) if not field.primary_key)
        super().__init__(F(f"{path}__{column}" if path else column), output_field=JSONField())

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> Any:
        alias = compiler.quote_name_unless_alias(self.get_source_expressions()[0].alias)
        entries = (
            f"'{field.attname}', {alias}.{self._column(field, connection)}" for field in _fields(self.model)
        )
        return f"jsonb_build_object({', '.join(entries)})", ()

    def _column(self, field: Field, connection: BaseDatabaseWrapper) -> str:
        # A number in JSON would come back as a float.
        exact = "::text" if isinstance(field, DecimalField) else ""
        return connection.ops.quote_name(field.column) + exact


def read(*querysets: QuerySet[Any]) -> list[list[Any]]:
    """Return the rows of each queryset, in its order, as instances of its model. One query for all.

    What a queryset selects along (`select_related`, by name) is with its rows. Annotations and prefetches are not
    known here: they belong to a query of their own.
    """
    found: list[list[Any]] = [[] for _queryset in querysets]
    if not querysets:
        return found
    parts = [_as_json(number, rows) for number, rows in enumerate(querysets)]
    for number, _place, row in sorted(parts[0].union(*parts[1:], all=True), key=lambda one: one[:2]):
        queryset = querysets[number]
        found[number].append(_instance(queryset.model, queryset.db, row, _along(queryset)))
    return found


def prefetch(ones: Sequence[Model], *lookups: Prefetch) -> None:
    """Give rows of one model what belongs to them, as `prefetch_related_objects` would. One query for all lookups.

    A lookup is a relation that other rows have to these, or a generic key of theirs.
    """
    wanted = [step for lookup in lookups for step in _steps(ones, lookup)] if ones else []
    for (_queryset, give), rows in zip(wanted, read(*[queryset for queryset, _give in wanted]), strict=True):
        give(rows)


def join(ones: Iterable[Model], name: str, many: Iterable[Model], by: str) -> None:
    """Give each row those of `many` whose key `by` is its own, so that `row.name.all()` asks nothing.

    It is what `prefetch_related` does with rows that it has read itself.
    """
    held: dict[Any, list[Model]] = defaultdict(list)
    for row in many:
        held[getattr(row, by)].append(row)
    for one in ones:
        rows = getattr(one, name).all()
        rows._result_cache = held[one.pk]
        one.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
        for row in held[one.pk]:
            row._meta.get_field(by).set_cached_value(row, one)


def _steps(ones: Sequence[Model], lookup: Prefetch) -> Iterator[tuple[QuerySet[Any], Give]]:
    """Yield what a lookup asks for, each with how the answer is given to the rows."""
    name, model = lookup.prefetch_to, type(ones[0])
    field = next((one for one in model._meta.private_fields if one.name == name), None)
    if isinstance(field, GenericForeignKey):
        yield from _generic_steps(ones, field)
        return
    relation = model._meta.get_field(name)
    queryset = (
        lookup.queryset if lookup.queryset is not None else relation.related_model._default_manager.all()
    )
    key = relation.field.attname
    keys = [one.pk for one in ones]
    yield queryset.filter(**{f"{key}__in": keys}), lambda rows: join(ones, name, rows, by=key)


def _generic_steps(ones: Sequence[Model], field: GenericForeignKey) -> Iterator[tuple[QuerySet[Any], Give]]:
    by_kind: dict[int, list[Model]] = defaultdict(list)
    for one in ones:
        kind = getattr(one, f"{field.ct_field}_id")
        if kind is not None:
            by_kind[kind].append(one)
    for kind, ours in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        keys = {getattr(one, field.fk_field) for one in ours}
        yield model._base_manager.filter(pk__in=keys), partial(_point, ours, field)


def _point(ones: Sequence[Model], field: GenericForeignKey, rows: Sequence[Model]) -> None:
    """Let each row's generic key find its row among those that were read: the same row for the same key."""
    by_key = {row.pk: row for row in rows}
    for one in ones:
        field.set_cached_value(one, by_key.get(getattr(one, field.fk_field)))


def _as_json(number: int, queryset: QuerySet[Any]) -> QuerySet[Any]:
    order = queryset.query.order_by or queryset.model._meta.ordering or ["pk"]
    paths = {"": queryset.model, **dict(_related(queryset.model, _along(queryset)))}
    row = JSONObject(**{path: RowAsJson(model, path) for path, model in paths.items()})
    place = Window(RowNumber(), order_by=[*order])
    return queryset.select_related(None).order_by().values_list(Value(number), place, row)


def _along(queryset: QuerySet[Any]) -> Mapping[str, Any]:
    """Return what a queryset selects along, as {relation: {relation of that: …}}."""
    along = queryset.query.select_related
    return along if isinstance(along, dict) else {}


def _related(
    model: type[Model], along: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, type[Model]]]:
    for name, further in along.items():
        related = model._meta.get_field(name).related_model
        yield f"{path}{name}", related  # type: ignore[misc]  # a relation that is selected along has a model
        yield from _related(related, further, f"{path}{name}__")  # type: ignore[arg-type]


def _fields(model: type[Model]) -> list[Field]:
    return list(model._meta.concrete_fields)


def _instance(
    model: type[Model], database: str, row: Row, along: Mapping[str, Any], path: str = ""
) -> Model | None:
    """Return the row as Django would have made it; None for a relation that leads nowhere."""
    values = row[path]
    if values[model._meta.pk.attname] is None:
        return None
    fields = _fields(model)
    made = model.from_db(
        database, [one.attname for one in fields], [one.to_python(values[one.attname]) for one in fields]
    )
    for name, further in along.items():
        related = model._meta.get_field(name).related_model
        below = f"{path}__{name}" if path else name
        setattr(made, name, _instance(related, database, row, further, below))  # type: ignore[arg-type]
    return made
