from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet):
    def about(self, *rows_by_model):
        """Changes of the given (model, primary keys) pairs."""
        wanted = models.Q(pk__in=[])
        for model, keys in rows_by_model:
            wanted |= models.Q(table=model._meta.db_table, row__in=keys)
        return self.filter(wanted)

    def for_timeline(self):
        return self.select_related("by").order_by("-at", "-pk")


class Change(models.Model):
    """One change of one recorded row. Written by the database, never by the program."""

    class Action(models.TextChoices):
        INSERT = "insert", _("Added")
        UPDATE = "update", _("Changed")
        DELETE = "delete", _("Removed")

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    action = models.CharField(max_length=6, choices=Action)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.TextField(_("reason"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row", "at"])]

    def __str__(self):
        return f"{self.table} {self.row} {self.action}"

    @property
    def fields(self):
        """Names of the columns that this change touched."""
        return sorted({*(self.old or {}), *(self.new or {})})
