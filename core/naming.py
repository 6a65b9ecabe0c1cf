"""What a row is called where no foreign key can stand: in findings, and among what a file is made of."""

from django.db.models import Model


def key_of(subject: Model) -> str:
    """Return the row's name, such as `register.case:5`."""
    return f"{subject._meta.label_lower}:{subject.pk}"
