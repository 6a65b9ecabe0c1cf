"""What a set of documents is in, in one query: for telling cheaply whether anything has changed."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BigIntegerField, CharField, F, Func, Q, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from cases.register.models import Attachment, Clause, DecisionBasis, Document, Fact, Recipient, Section
from committee.models import Period
from core.preflight import behind, records_behind

NOTHING = Value("")
# What the rules read of each.
OF_DOCUMENT = ("status", "title", "edition", "dated_on", "is_secret", "case__is_secret", "case__title")
OF_BASIS = ("basis_document__title", "basis_document__dated_on", "attachment__title", "outside_title")
OF_FILE = ("scan", "verdict", "title", "is_secret", "case__is_secret")


def state_of(documents, attachments=(), proposals=()):
    """Return, as JSON, everything that the rules read of documents, files and proposals of others.

    Takes primary keys, or querysets of them. Of the records behind documents that nobody has approved, digests:
    an approved one is frozen.
    """
    clauses = Clause.objects.filter(Q(proposal__document__in=documents) | Q(proposal__in=proposals))
    rows = [
        _rows("document", Document.objects.filter(pk__in=documents), *OF_DOCUMENT),
        _rows("section", Section.objects.filter(document__in=documents), "version"),
        _rows("clause", clauses, "proposal", "position", "text"),
        _rows("basis", DecisionBasis.objects.filter(document__in=documents), *OF_BASIS),
        _rows("recipient", Recipient.objects.filter(document__in=documents), "name", "purpose"),
        _rows("file", Attachment.objects.filter(pk__in=attachments), *OF_FILE),
        *_records(documents),
    ]
    return sorted(list(row) for row in rows[0].union(*rows[1:], all=True))


def _rows(kind, queryset, *fields):
    """Return the rows' kind, key and fields, all as text, so that they can stand in one union."""
    parts = [part for name in fields for part in (Value("\x1f"), Coalesce(Cast(name, CharField()), NOTHING))]
    text = Concat(NOTHING, *parts, output_field=CharField())
    return queryset.order_by().values_list(Value(kind), F("pk"), text)


def _records(documents):
    """Return a digest of every kind of record behind documents that may still change with them."""
    open_ones = Document.objects.filter(
        pk__in=documents, subject_type=ContentType.objects.get_for_model(Period)
    ).exclude(status=Document.Status.APPROVED)
    # Asked for themselves: most documents tell of no period, and the digests are dear to put together.
    told = set(open_ones.values_list("subject_id", flat=True))
    periods = Period.objects.filter(pk__in=told)
    return [_digest(records) for tell in behind for records in tell(periods)] if told else []


def _digest(records):
    """Return one row that is another when any row of the records is."""
    names = [field.attname for field in records.model._meta.concrete_fields]
    row = Func(*names, template="ROW(%(expressions)s)::text", output_field=CharField())
    whole = MD5(StringAgg(row, delimiter=Value("\n"), order_by="pk"))
    told = {
        "table": Value(records.model._meta.db_table),
        "none": Value(0, output_field=BigIntegerField()),
    }
    grouped = (
        records.order_by()
        .annotate(**told)
        .values(*told)
        .annotate(whole=Coalesce(whole, NOTHING, output_field=CharField()))
    )
    return grouped.values_list("table", "none", "whole")


@records_behind("register.facts")
def facts(periods):
    return [Fact.objects.filter(period__body__in=periods.values("body"))]
