from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core import sheets
from core.registry import NotRegistered
from core.tables import called, tables


class Command(BaseCommand):
    help = (
        "Writes a table to a file: export operating SN 2023 delar2 --format csv --out FILE. "
        "A period is called delar1, delar2, helar, kvartal1 … or manad3."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="a table, such as operating or finance.operating")
        parser.add_argument("subject", nargs="+", help="what names the subject, such as SN 2023 delar2")
        parser.add_argument("--format", choices=sorted(sheets.WRITERS), default="xlsx")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args, name, subject, format, out, **options):
        maker = self.maker(name)
        try:
            found = maker.find(subject)
        except (ObjectDoesNotExist, ValueError, TypeError):
            raise CommandError(f"There is no {maker.subject} “{' '.join(subject)}”. {self.help}") from None
        with translation.override("sv"):
            table = maker.make(found, {})
            content = sheets.written(maker, table, format)
        out.write_bytes(content)
        self.stdout.write(f"{out}: {len(table.rows)} rows, {len(content):,} bytes")

    def maker(self, name):
        try:
            return called(name)
        except NotRegistered:
            known = ", ".join(name for name, _maker in tables.items()) or "none"
            raise CommandError(f"There is no one table “{name}”. Tables: {known}.") from None
