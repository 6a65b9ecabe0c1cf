from django.core.management.base import BaseCommand, CommandError

from cases.register.services import add_standard_templates
from cases.register.standard import plans
from committee.models import Municipality


class Command(BaseCommand):
    help = (
        "Gives a municipality the standard document templates that it lacks: all, or those of the kinds named. "
        "What it has already stays as it is. Without a municipality it prints the kinds that there are."
    )

    def add_arguments(self, parser):
        parser.add_argument("municipality", nargs="?", help="its short name, such as lindvassa")
        parser.add_argument("kinds", nargs="*", metavar="KIND")

    def handle(self, *args, municipality, kinds, **options):
        if municipality is None:
            self.stdout.write("\n".join(f"{kind:<24} {plan['name']}" for kind, plan in plans().items()))
            return
        if unknown := set(kinds) - plans().keys():
            raise CommandError(f"There is no standard template {', '.join(sorted(unknown))}.")
        found = Municipality.objects.filter(slug=municipality).first()
        if found is None:
            known = ", ".join(Municipality.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no municipality {municipality}. There are: {known}.")
        for template in add_standard_templates(found, kinds=kinds or None, by=None):
            self.stdout.write(f"Added: {template.kind} ({template.name})")
