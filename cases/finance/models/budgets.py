from django import forms
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import Body
from core import formats
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers
from core.history import locked, recorded
from core.workflow import Step, Workflow


class AdoptForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """Asks which decision the budget rests on."""

    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput())
    decision = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("Body and paragraph, such as Socialnämnden § 12.")
    )


class BudgetVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.drafts)

    def for_list(self):
        return self.select_related("body__municipality").order_by("-year", "-number")

    def named(self, prefix, year, number=None):
        """The budget that a command line names: SN 2023, or SN 2023 2 for a version of it. Raises DoesNotExist."""
        found = self.filter(body__prefix__iexact=prefix, year=int(year)).order_by("-number")
        version = (found.filter(number=int(number)) if number else found).first()
        if version is None:
            raise self.model.DoesNotExist
        return version


def not_all_shared_out(version):
    """Say what is left of the council's frame, or too much; empty when the areas have it all, or none is given."""
    if version.frame is None or not (left := version.left):
        return ""
    return _("The council's frame is %(frame)s kr, and the areas have %(shared)s kr: %(left)s kr differ.") % {
        "frame": formats.number(version.frame),
        "shared": formats.number(version.frame - left),
        "left": formats.number(left),
    }


class BudgetVersion(models.Model):
    """A year's budget as one decision made it. Adopting locks it; a change is a later version."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("budget", "Draft")
        ADOPTED = "adopted", pgettext_lazy("budget", "Adopted")

    WORKFLOW = Workflow(
        Step(
            "adopt",
            pgettext_lazy("budget", "Adopt"),
            sources=frozenset({Status.DRAFT}),
            target=Status.ADOPTED,
            permission="finance.adopt_budget",
            form=AdoptForm,
            hindrance=not_all_shared_out,
            help=_(
                "The amounts are locked, and so are the year's goals and targets. A later change is made in a "
                "revised budget."
            ),
            told=pgettext_lazy("history", "Adopted the budget"),
            said=_("The budget is adopted and locked."),
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=200, blank=True)
    # What the council gives the committee for the year, as a net cost, and where it did so.
    frame = models.DecimalField(
        _("the council's frame, kronor"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    frame_decision = models.CharField(_("the council's decision"), max_length=200, blank=True)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name=_("revises")
    )

    objects = BudgetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint("body", "year", "number", name="budget_version_once"),
            models.CheckConstraint(
                name="budget_status_known",
                condition=Q(status__in=["draft", "adopted"]),
            ),
        ]
        triggers = [
            recorded(),
            locked(
                "adopted_stays",
                "OLD.status = 'adopted' AND (TG_OP = 'DELETE' OR OLD.decided_on IS NOT NULL)",
                "an adopted budget is not changed",
            ),
        ]

    def __str__(self):
        if self.number == 1:
            return _("Budget %(year)s") % {"year": self.year}
        return _("Revised budget %(year)s, version %(number)s") % {"year": self.year, "number": self.number}

    def get_absolute_url(self):
        return reverse("finance:budget-detail", args=[self.pk])

    @property
    def is_open(self):
        return self.status == self.Status.DRAFT

    @property
    def is_revised(self):
        return self.number > 1

    @property
    def left(self):
        """What of the council's frame the areas do not have, in kronor; below zero when they have more."""
        shared = self.amounts.filter(line__cut="area").aggregate(net=models.Sum("kronor"))["net"] or 0
        return None if self.frame is None else self.frame + shared
