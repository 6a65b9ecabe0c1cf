from django.core.management.base import BaseCommand, CommandError

from committee.models import Municipality
from config.demo import loader, scale
from config.demo.logins import PASSWORD, logins
from config.demo.people import MUNICIPALITIES


class Command(BaseCommand):
    help = (
        "Loads the demo into an empty database; says so and changes nothing when there is something in it. "
        "With --scale it adds what is missing of a meeting of so many reports, also to a demo that is there."
    )

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="print the log-ins only")
        parser.add_argument(
            "--scale", type=int, metavar="N", help="a meeting of N reports, each three pages of its papers"
        )

    def handle(self, *args, logins, scale=None, **options):
        if logins:
            self.print_logins()
        elif scale is None or not Municipality.objects.exists():
            self.load()
        if scale is not None and not logins:
            self.grow(scale)

    def load(self):
        if Municipality.objects.exists():
            self.stdout.write("The database is not empty: nothing was loaded.")
        else:
            loader.load()
            self.stdout.write("The demo is loaded.")

    def grow(self, number):
        """Add the large meeting; refuse to write into what is no demo."""
        if set(Municipality.objects.values_list("slug", flat=True)) != set(MUNICIPALITIES):
            raise CommandError("The database holds something else than the demo: nothing was added.")
        added = scale.grow(number)
        self.stdout.write(f"The meeting of {scale.MEETING} has {added} new reports of {number}.")

    def print_logins(self):
        """Print `email  password  role`: one person for each role and title that differs."""
        for login in logins():
            self.stdout.write(f"{login.email:<40} {PASSWORD}  {login.role}, {login.municipality}")
