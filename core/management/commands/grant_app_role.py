from django.core.management.base import BaseCommand
from django.db import connection
from psycopg2 import sql

# The program writes rows; it owns no table, so it can neither lift a trigger nor rewrite the history.
GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON core_change FROM {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
GRANT EXECUTE ON FUNCTION core_record_change(text, text, jsonb, jsonb) TO {role};
"""


class Command(BaseCommand):
    help = "Gives the role that the program runs as its rights. Run by the owner, after migrate."

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role, **options):
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(GRANTS).format(role=sql.Identifier(role)))
        self.stdout.write(f"{role} may read and write rows, and read the history.")
