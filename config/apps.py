from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring: the commands that set up, check and fill an installation."""

    name = "config"
