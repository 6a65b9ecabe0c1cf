"""For whom a document is made. Part of a rendition's key: what is left out differs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    STAFF = "staff", _("those who prepare")
    MEMBERS = "members", _("members and substitutes")
    PUBLIC = "public", _("everybody")


# Whose papers hold passages and items that are secret.
READS_SECRET = frozenset({Audience.STAFF})
# Whose papers hold marked passages (masks) in clear.
READS_MASKED = frozenset({Audience.STAFF, Audience.MEMBERS})
