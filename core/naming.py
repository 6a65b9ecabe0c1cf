"""What a row is called where no foreign key can stand: in findings, and among what a file is made of."""

from django.apps import apps
from django.db.models import Model


def key_of(subject: Model) -> str:
    """Return the row's name, such as `register.case:5`."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def address_of(key: str) -> str:
    """Return the address of the row that is called so, of those whose address follows from their key."""
    label, _colon, pk = key.partition(":")
    return apps.get_model(label)(pk=pk).get_absolute_url()
