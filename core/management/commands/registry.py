from django.core.management.base import BaseCommand

from core.registry import REGISTRIES


class Command(BaseCommand):
    help = "Prints every hook that the apps offer: blocks, figures, composers, effects, …"

    def handle(self, *args, **options):
        for registry in sorted(REGISTRIES, key=lambda registry: registry.kind):
            self.stdout.write(f"{registry.kind} ({len(registry)})")
            for name, entry in registry.items():
                self.stdout.write(f"  {name:<44} {getattr(entry, 'where', '')}")
