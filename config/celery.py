"""The Celery application. What runs is decided by core.jobs; a message is only a hint."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("namndverk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
