from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self):
        # Inline, since hooks import models, which are there only now.
        from core.registry import discover  # noqa: PLC0415  as said

        discover()
