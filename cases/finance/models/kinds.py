"""The words that amounts, volumes and the columns of tables have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    ACTUAL = "actual", pgettext_lazy("money", "Actual")
    CLOSING = "closing", pgettext_lazy("money", "Closing accounts")
    BUDGET = "budget", pgettext_lazy("money", "Budget")
    FORECAST = "forecast", pgettext_lazy("money", "Forecast")


class Table(models.TextChoices):
    """The tables whose columns a committee chooses."""

    SUMMARY = "summary", _("Financial summary")
    OPERATING = "operating", _("Operating result by area")
    ACCOUNTS = "accounts", _("Account analysis")
    INVESTMENTS = "investments", _("Investments")
    PROJECTS = "projects", _("Investments by project")
    VOLUMES = "volumes", _("Volumes")
    KEY_FIGURES = "key_figures", _("Key figures")
    STAFF = "staff", _("Staff")


# What is counted and not paid: rows of their own, with a unit each.
COUNTED = (Table.VOLUMES, Table.KEY_FIGURES, Table.STAFF)
