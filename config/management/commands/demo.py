from django.core.management.base import BaseCommand

from committee.models import Municipality
from config.demo.loader import load
from config.demo.people import PASSWORD, logins


class Command(BaseCommand):
    help = "Loads the demo into an empty database; says so and changes nothing when there is something in it."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="print the log-ins only")

    def handle(self, *args, logins, **options):
        if logins:
            self.print_logins()
        elif Municipality.objects.exists():
            self.stdout.write("The database is not empty: nothing was loaded.")
        else:
            load()
            self.stdout.write("The demo is loaded.")

    def print_logins(self):
        """Print `email  password  role`: one person for each role and title that differs."""
        for login in logins():
            self.stdout.write(f"{login.email:<40} {PASSWORD}  {login.role}, {login.municipality}")
