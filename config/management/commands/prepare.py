"""Make the database and the static files fit the code: all that has to happen before the web server starts."""

import hashlib
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

STAMP = Path(settings.STATIC_ROOT).with_suffix(".stamp")


class Command(BaseCommand):
    """Each line it prints is a step that is done; bin/serve puts the time to it."""

    help = (
        "Migrate, give the app's role its rights, load the demo into an empty database, collect static files."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--app-role", help="database role that the app runs as, when it is not the owner")
        parser.add_argument("--demo", action="store_true", help="load the demo when the database is empty")
        parser.add_argument("--files-only", action="store_true", help="leave the database alone")

    def handle(self, *, app_role, demo, files_only, **options):
        if not files_only:
            self.tell("Migrations", migrate())
            if app_role:
                call_command("grant_app_role", app_role, stdout=StringIO())
        if demo:
            self.tell("Demo", load_demo())
        self.tell("Static files", collect_static())
        if demo:
            self.stdout.write(f"\n{log_ins()}")

    def tell(self, label, note):
        self.stdout.write(f"{label}: {note}")
        self.stdout.flush()


def migrate():
    """Run what has not been run. Looking first saves a second each time there is nothing to do."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return f"{len(plan)} run" if plan else "none to run"


def load_demo():
    """Load the demo whole or not at all: a half-loaded one would never be completed."""
    told = StringIO()
    with transaction.atomic():
        call_command("demo", stdout=told)
    return told.getvalue().strip()


def log_ins():
    """Return the demo's log-ins, one a line: email, password and role."""
    lines = StringIO()
    call_command("demo", logins=True, stdout=lines)
    return lines.getvalue()


def collect_static():
    fingerprint = static_fingerprint()
    if STAMP.exists() and STAMP.read_text() == fingerprint:
        return "unchanged"
    STAMP.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    STAMP.write_text(fingerprint)
    return "collected"


def static_fingerprint():
    """Return a hash of every static file's path, size and time: reading them all would be slow."""
    files = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            stat = Path(storage.path(path)).stat()
            files.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return files.hexdigest()
