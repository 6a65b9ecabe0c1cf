from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import locked


class StepTakenQuerySet(models.QuerySet):
    def of(self, subject):
        return self.about((type(subject), [subject.pk]))

    def about(self, *rows_by_model):
        """Steps of the given (model, primary keys) pairs."""
        wanted = models.Q(pk__in=[])
        for model, keys in rows_by_model:
            kind = ContentType.objects.get_for_model(model)
            wanted |= models.Q(subject_type=kind, subject_id__in=keys)
        return self.filter(wanted)

    def for_timeline(self):
        return self.select_related("by").order_by("-at", "-pk")


class StepTaken(models.Model):
    """A step that a subject took: who, when, from, to, and what was said."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    step = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = StepTakenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"])]
        triggers = [locked("step_stays", "true", "a step that was taken stays")]

    def __str__(self):
        return f"{self.step}: {self.source} → {self.target}"

    @classmethod
    def record(cls, subject, step, *, by, data):
        return cls.objects.create(
            subject=subject,
            step=step.name,
            source=subject.status,
            target=step.target,
            by=by,
            data=dict(data),
        )

    @property
    def reason(self):
        return self.data.get("reason", "")
