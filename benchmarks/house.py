"""A house that has worked for years: more and more of everything, beside what the demo holds.

Each layer holds as much as the one before, and the first layers are the same however many follow, so that
one address shows the same thing in a small house and in a large one.
"""

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.register.models import Case
from cases.register.services import attach
from config.demo import scale
from config.demo.people import Cast, everybody
from core import jobs

BIG_CASE = "SN/2023:00217"  # the members know it, and two meetings deal with it
REPORTS = 8  # a layer; as many items as the demo's meeting has
SEES = ("secretary", "economy", "member_s_1")


def furnish(layers: Iterable[int]) -> None:
    """Add the layers of these numbers, from 1."""
    cast = everybody()
    case = Case.objects.get(number=BIG_CASE)
    for layer in layers:
        scale.grow(layer)
        scale.write(case, cast, scale.Report(layer))
        _attach(case, cast, layer)
        for key in SEES:
            jobs.start("core.ping", by=cast.people[key], title=f"Jobb {layer}")
        _hold_meeting(cast, layer)


def _attach(case: Case, cast: Cast, layer: int) -> None:
    content = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = f"Bilaga {layer}"
        pdf.save(content)
    file = SimpleUploadedFile(f"bilaga-{layer}.pdf", content.getvalue(), "application/pdf")
    attach(case, file, title=f"Bilaga {layer}", dated_on=scale.WRITTEN, by=cast.people["economy"])


def _hold_meeting(cast: Cast, layer: int) -> None:
    """Plan one more meeting with reports of its own, the first of them still a draft.

    It is on a Wednesday: the demo's own meetings, which are on Tuesdays, stay as they are in both houses.
    """
    meeting = scale.planned(cast, scale.MEETING + timedelta(days=7 * layer + 1))
    for serial in range(1, REPORTS + 1):
        scale.add_report(meeting, cast, scale.Report(serial))
