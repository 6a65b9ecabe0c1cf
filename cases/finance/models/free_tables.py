from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.finance.models.explanations import OfPeriodQuerySet
from committee.models import Period
from core.history import recorded


class FreeTableQuerySet(OfPeriodQuerySet):
    def named(self, *words):
        """The table that a command line names: SN 2023 delar2 KEY. Raises ValueError for what names no period."""
        *period, key = words
        return self.get(period=Period.objects.named(*period), key=key)


class FreeTable(models.Model):
    """A table of a report that nothing else models, with typed columns; made from what Excel holds.

    `columns` is a list of {key, label, kind: text|number|percent|date, unit, decimals, adds}; `rows` a list of
    lists of canonical strings, one for each column ("" is blank). The service reads and checks them.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="free_tables")
    key = models.SlugField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=160)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    note = models.CharField(_("note under the table"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FreeTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("free table")
        ordering = ["key"]
        constraints = [models.UniqueConstraint("period", "key", name="free_table_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.title
