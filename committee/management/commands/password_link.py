from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from committee import services
from committee.management.commands.found import mailed
from committee.models import Person


class Command(BaseCommand):
    help = (
        "Prints a link where somebody chooses a new password, for whom “Forgotten password” does not reach."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the e-mail that the person logs in with")

    def handle(self, *, email, **options):
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody logs in with {email}.")
        link = services.password_link(person)
        self.stdout.write(f"{person} chooses a password here, within three days:\n\n{link}\n")
        with translation.override("sv"):
            self.stdout.write(mailed(person, link))
