import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


def stored_as(table_file, filename):
    return f"tables/{uuid.uuid4().hex}.{table_file.format}"


class TableFile(models.Model):
    """A table that was too large to be written while somebody waited: for who asked, for a day."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    format = models.CharField(max_length=4)
    file = models.FileField(upload_to=stored_as)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return reverse("core:table-file", args=[self.pk])
