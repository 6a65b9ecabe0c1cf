"""Make the database and the static files fit the code: all that has to happen before the web server starts."""

import hashlib
from io import StringIO
from pathlib import Path

import dj_database_url
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

from config import env
from core.memory import collector_paused

STAMP = Path(settings.STATIC_ROOT).with_suffix(".stamp")


class Command(BaseCommand):
    """Each line it prints is a step that is done, up to an empty line; then come the demo's log-ins."""

    help = (
        "Migrate, give the program's role its rights, load the demo into an empty database when DEMO_TODAY is "
        "set, collect static files. With OWNER_DATABASE_URL it works as the owner of the tables, and the role in "
        "DATABASE_URL is made when it is not there, and gets rights only."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--files-only", action="store_true", help="leave the database alone")
        only.add_argument("--database-only", action="store_true", help="leave the static files alone")

    def handle(self, *, files_only, database_only, **options):
        if not files_only:
            self.prepare_database()
        if not database_only:
            self.tell("Static files", collect_static())
        if settings.DEMO and not files_only:
            self.stdout.write(f"\n{log_ins()}")

    def prepare_database(self):
        app = step_up()
        if not settings.DEMO:
            require_production(app)
        self.tell("Migrations", migrate())
        if app:
            self.tell("Role", grant(app["USER"], app["PASSWORD"]))
        if settings.DEMO:
            self.tell("Demo", load_demo())

    def tell(self, label, note):
        self.stdout.write(f"{label}: {note}")
        self.stdout.flush()


def require_production(app):
    """Refuse to set up for real use what would work, and be wrong without anybody noticing."""
    if app is None:
        raise CommandError(
            "Set OWNER_DATABASE_URL to the owner of the tables, and DATABASE_URL to another role: the program owns "
            "nothing, so that it can neither lift a trigger nor rewrite the history. See docs/deploy.md."
        )
    if not env.text("SITE_URL", ""):
        raise CommandError("Set SITE_URL to the address that mails link to. See docs/deploy.md.")


def step_up():
    """Connect as the owner of the tables when one is given; return the settings that the program runs with otherwise."""
    owner, app = env.text("OWNER_DATABASE_URL", ""), dict(connection.settings_dict)
    if not owner or owner == env.text("DATABASE_URL"):
        return None
    connection.settings_dict.update(dj_database_url.parse(owner))
    return app


def grant(role, password):
    """Give the program's role its rights; make it first when it is not there. A password that it has is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        is_new = not cursor.fetchone()
        if is_new:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(*secret(role, password)))
    call_command("grant_app_role", role, stdout=StringIO())
    return f"{role} made" if is_new else f"{role} has its rights"


def secret(role, password):
    """Return the role and its password for a statement: encrypted, since statements may be logged."""
    hashed = encrypt_password(password, role, connection.connection, "scram-sha-256")
    return sql.Identifier(role), sql.Literal(hashed)


def migrate():
    """Run what has not been run. Looking first saves a second each time there is nothing to do."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with collector_paused():
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
