import shutil
from pathlib import Path

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError

from reports.audiences import Audience
from reports.composing import NotNamed, composers
from reports.services import make


class Command(BaseCommand):
    help = (
        "Makes a file through the same service as the pages: render handlingar SN 2023-06-13, "
        "render kallelse SN 2023-06-13, render document NUMBER [KIND], such as "
        "render document SN/2023:00183 tjansteskrivelse."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(composer.kind for composer in composers))
        parser.add_argument("subject", nargs="+", help="what names the subject, such as SN 2023-06-13")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--audience", choices=Audience.values, default=Audience.MEMBERS)

    def handle(self, *args, kind, subject, out, audience, **options):
        wanted = f"{kind} “{' '.join(subject)}”"
        try:
            found = composers[kind].find(subject)
        except NotNamed as missing:
            raise CommandError(f"There is no {wanted}: {missing}. {self.help}") from None
        except (ObjectDoesNotExist, ValidationError, ValueError):
            raise CommandError(f"There is no {wanted}. {self.help}") from None
        except MultipleObjectsReturned:
            raise CommandError(f"“{' '.join(subject)}” names more than one {kind}.") from None
        rendition = make(found, kind, audience, progress=self.tell)
        with rendition.file.open("rb") as source, out.open("wb") as target:
            shutil.copyfileobj(source, target)
        self.stdout.write(
            f"{out}: {rendition.pages} pages, {rendition.size:,} bytes, sha256 {rendition.sha256}"
        )
        for page, words in rendition.findings:
            self.stderr.write(f"fault on page {page}: {words}" if page else f"fault: {words}")

    def tell(self, done, total, note=""):
        self.stdout.write(f"{done}/{total} {note}")
