import time

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core import jobs
from core.models import Job

PATIENCE = 60.0  # seconds


class Command(BaseCommand):
    help = "Says whether database, cache and broker answer; with --job also that a worker does its work."

    def add_arguments(self, parser):
        parser.add_argument("--job", action="store_true")

    def handle(self, *args, job, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        self.stdout.write("database answers")
        cache.set("check-ready", settings.SITE_URL, timeout=10)
        self.stdout.write("cache answers")
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1)
        self.stdout.write("broker answers")
        if job:
            self.stdout.write(f"a worker did a job in {self.wait():.1f} s")

    def wait(self):
        """Return how many seconds a trivial job took to be done; raises CommandError when none does it."""
        begun = time.monotonic()
        started = jobs.start("core.ping", by=None, title="check_ready", is_shown=False)
        while time.monotonic() - begun < PATIENCE:
            started.refresh_from_db()
            if started.state == Job.State.DONE:
                return time.monotonic() - begun
            time.sleep(0.1)
        raise CommandError(f"No worker did the job within {PATIENCE:.0f} s: is one running? See var/log.")
