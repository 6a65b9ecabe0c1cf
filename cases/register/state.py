"""What a set of documents is in, in one query: for telling cheaply whether anything has changed."""

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat

from cases.register.models import Attachment, Clause, DecisionBasis, Document, Recipient, Section

NOTHING = Value("")


def state_of(documents, attachments=(), proposals=()):
    """Return, as JSON, everything that the rules read of documents, files and proposals of others.

    Takes primary keys, or querysets of them.
    """
    clauses = Clause.objects.filter(Q(proposal__document__in=documents) | Q(proposal__in=proposals))
    rows = [
        _rows(
            "document",
            Document.objects.filter(pk__in=documents),
            "status",
            "title",
            "edition",
            "dated_on",
            "is_secret",
            "case__is_secret",
            "case__title",
        ),
        _rows("section", Section.objects.filter(document__in=documents), "version"),
        _rows("clause", clauses, "proposal", "position", "text"),
        _rows(
            "basis",
            DecisionBasis.objects.filter(document__in=documents),
            "basis_document__title",
            "basis_document__dated_on",
            "attachment__title",
            "outside_title",
        ),
        _rows("recipient", Recipient.objects.filter(document__in=documents), "name", "purpose"),
        _rows(
            "file",
            Attachment.objects.filter(pk__in=attachments),
            "scan",
            "title",
            "is_secret",
            "case__is_secret",
        ),
    ]
    return sorted(list(row) for row in rows[0].union(*rows[1:], all=True))


def _rows(kind, queryset, *fields):
    """Return the rows' kind, key and fields, all as text, so that they can stand in one union."""
    parts = [part for name in fields for part in (Value("\x1f"), Coalesce(Cast(name, CharField()), NOTHING))]
    text = Concat(NOTHING, *parts, output_field=CharField())
    return queryset.order_by().values_list(Value(kind), F("pk"), text)
