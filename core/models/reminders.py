from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminding(models.Model):
    """Whether somebody wants to be reminded by mail, and when they last were.

    One row for each person, locked while a mail is made: so nobody gets two on the same day.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminding")
    is_wanted = models.BooleanField(
        _("Remind me by e-mail"),
        default=True,
        help_text=_(
            "One mail with all that is missing and due soon: a week before, the day before, and after."
        ),
    )
    last_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("reminders")

    def __str__(self):
        return f"{self.person}: {self.is_wanted}"
