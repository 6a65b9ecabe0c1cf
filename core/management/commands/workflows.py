from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import translation

HEAD = "# Workflows\n\nPrinted by `bin/manage workflows`; a test holds this page against the code.\n"


class Command(BaseCommand):
    help = "Prints every workflow as a table, for docs/workflows.md."

    def handle(self, *args, **options):
        with translation.override(None):
            models = [model for model in apps.get_models() if hasattr(model, "WORKFLOW")]
            tables = [table_of(model) for model in sorted(models, key=lambda model: model._meta.label)]
        self.stdout.write("\n".join([HEAD, *tables]), ending="")


def table_of(model):
    """Return a model's steps as a Markdown table."""
    rows = [
        f"| {step.name} | {', '.join(sorted(step.sources))} | {step.target} | `{step.permission}` | {asked(step)} |"
        for step in model.WORKFLOW
    ]
    head = ["| step | from | to | who | also |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"## {model._meta.label}\n", *head, *rows, ""])


def asked(step):
    """Say what the step wants besides the right to take it."""
    wants = ["a reason"] if step.form else []
    wants += ["a fresh review"] if step.checked else []
    return ", ".join([*wants, *([step.hindrance.__name__.replace("_", " ")] if step.hindrance else [])])
