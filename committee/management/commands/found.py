"""The first municipality, its committee and its administrator, from a command line."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from committee import services
from committee.services import AlreadyFounded, Founding

# What is asked for: the option, the question, and what stands there when nothing is answered.
ASKED = (
    ("municipality", "The municipality, as on its papers (such as Granby kommun)", ""),
    ("committee", "The committee", "Socialnämnden"),
    ("prefix", "What its registry numbers begin with", "SN"),
    ("first_name", "The administrator's first name", ""),
    ("last_name", "The administrator's last name", ""),
    ("email", "The administrator's e-mail, which is also the log-in", ""),
)


class Command(BaseCommand):
    help = (
        "Begins an empty installation: saves municipality, roles, committee and administrator, and prints the link "
        "where the administrator chooses a password. What is not given as an option is asked for."
    )

    def add_arguments(self, parser):
        for name, question, usual in ASKED:
            help_text = f"{question}; {usual} when left out" if usual else question
            parser.add_argument(f"--{name.replace('_', '-')}", help=help_text)

    def handle(self, **options):
        with translation.override("sv"):
            administrator = self.found({name: options[name] for name, _question, _usual in ASKED})
            link = services.password_link(administrator)
            self.stdout.write(
                f"Saved. {administrator} chooses a password here, within three days:\n\n{link}\n"
            )
            self.stdout.write(mailed(administrator, link))

    def found(self, given):
        services.require_nothing_founded()
        told = {name: given[name] or answer(question, usual) for name, question, usual in ASKED}
        return services.found(Founding(**told))

    def execute(self, *args, **options):
        """Say kindly what is in the way, without a traceback."""
        try:
            return super().execute(*args, **options)
        except AlreadyFounded as there:
            raise CommandError(
                f"There is a municipality already: {there}. Its administrator lets others in on the page People; "
                "for a lost log-in run: password_link EMAIL"
            ) from None
        except ValidationError as wrong:
            raise CommandError("\n".join(told(wrong))) from None


def answer(question, usual):
    """Ask at a terminal; without one, what is usual has to do."""
    if not sys.stdin.isatty():
        return usual
    return input(f"{question}{f' [{usual}]' if usual else ''}: ").strip() or usual


def told(wrong):
    """Return what is wrong, each with what it is about. Nothing has been saved."""
    for field, reasons in wrong.message_dict.items():
        yield f"{field}: {' '.join(reasons)}"
    yield "Nothing was saved."


def mailed(person, link):
    """Mail the link where there is a mail server, and say how it went: the link above is what counts."""
    try:
        sent = services.mail_link(person, link)
    except OSError as refused:  # no server, or one that refuses: smtplib's errors are OSErrors
        return f"It could not be mailed: {refused}"
    return f"It was mailed to {person.email}." if sent else "No mail server is set up: pass it on yourself."
