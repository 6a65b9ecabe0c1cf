"""The demo's documents: written through the same services as everybody's."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.register import services
from cases.register.models import (
    Case,
    DecisionBasis,
    Document,
    DocumentTemplate,
    NumberCounter,
    Recipient,
    Signer,
    TemplateSection,
)
from committee.models import Body, Meeting, Municipality, Period
from committee.services import plan_meeting
from config.demo.people import HERE, Cast
from core.services import take_step

TEXTS = HERE / "texts"
BLOCKS = {
    "proposal": "register.proposal",
    "basis": "register.basis",
    "signers": "register.signers",
    "recipients": "register.recipients",
}
NAMES = {
    "tjansteskrivelse": ("Tjänsteskrivelse", "TJÄNSTESKRIVELSE"),
    "plan": ("Plan", "PLAN"),
    "yttrande": ("Yttrande", "YTTRANDE"),
}
GUIDANCE = {
    "summary": "Det viktigaste på högst en halv sida. Texten används också på ärendebladet.",
    "matter": "Bakgrund, överväganden och vad förslaget innebär.",
    "children": "Hur påverkas barn? Skriv också om de inte påverkas.",
    "economy": "Vad kostar beslutet, och hur betalas det? Texten används också på ärendebladet.",
}
REQUIRED = frozenset({"summary", "matter", "economy"})


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document as it lies on disk: its facts and the folder of its texts."""

    folder: Path
    facts: dict[str, Any]

    @classmethod
    def read(cls, name: str) -> "Manuscript":
        folder = TEXTS / name
        return cls(folder, tomllib.loads((folder / "document.toml").read_text(encoding="utf-8")))

    def text(self, key: str) -> str:
        path = self.folder / f"{key}.html"
        return path.read_text(encoding="utf-8") if path.exists() else ""


def add_template(municipality: Municipality, manuscript: Manuscript) -> DocumentTemplate:
    """Save the template that a manuscript is written by, once for each municipality and kind."""
    kind = manuscript.facts["kind"]
    name, label = NAMES[kind]
    template, is_new = DocumentTemplate.objects.get_or_create(
        municipality=municipality,
        kind=kind,
        defaults={"name": name, "label": label, "has_cover": kind == "plan"},
    )
    if is_new:
        TemplateSection.objects.bulk_create(
            TemplateSection(
                template=template,
                position=position,
                key=section["key"],
                heading=section["heading"],
                block=BLOCKS.get(section["key"], ""),
                guidance=GUIDANCE.get(section["key"], ""),
                is_required=section["key"] in REQUIRED,
            )
            for position, section in enumerate(manuscript.facts["sections"], 1)
        )
    return template


def plan(body: Body, cast: Cast, day: date) -> Meeting:
    """Plan a meeting in Lindvassa, in the evening as usual."""
    return plan_meeting(
        body,
        starts_at=datetime.combine(day, time(18), tzinfo=timezone.get_default_timezone()),
        place=body.usual_place,
        chair=cast.people["chair"],
        secretary=cast.people["secretary"],
        by=cast.people["secretary"],
    )


def add_case(body: Body, number: str, *, owner, by, **fields: Any) -> Case:
    """Open a case under a given number: typed, or by setting the counter just before it."""
    year, serial = (
        int(part) for part in number.removeprefix(body.prefix).strip("/").replace("/", ":").split(":")
    )
    if body.municipality.numbers == Municipality.Numbers.TYPED:
        return services.open_case(body, owner=owner, number=number, by=by, **fields)
    counter, _is_new = NumberCounter.objects.get_or_create(body=body, year=year, defaults={"last": 0})
    counters = NumberCounter.objects.filter(pk=counter.pk)
    counters.update(last=serial - 1)
    case = services.open_case(body, owner=owner, by=by, **fields)
    counters.update(last=max(counter.last, serial))  # the next one is nobody's
    return case


def add_document(
    manuscript: Manuscript, case: Case, cast: Cast, *, meeting: Meeting | None, subject: Period | None = None
) -> Document:
    """Write a manuscript into a case; what it rests on is added when all documents are there."""
    facts = manuscript.facts
    author = cast.people[facts["author"]]
    document = services.begin_document(
        case,
        add_template(case.body.municipality, manuscript),
        title=facts["title"],
        author=author,
        dated_on=facts["dated_on"],
        meeting=meeting,
        subject=subject,
        by=author,
    )
    texts = {section.pk: (manuscript.text(section.key), 1) for section in document.sections.all()}
    services.save_sections(document, texts={key: text for key, text in texts.items() if text[0]}, by=author)
    _add_around(document, facts, cast)
    if "proposal" in facts:
        services.word_clauses(document.proposals.get(), texts=facts["proposal"]["clauses"], by=author)
    return document


def _add_around(document: Document, facts: dict[str, Any], cast: Cast) -> None:
    Signer.objects.bulk_create(
        Signer(document=document, person=cast.people[key], position=position)
        for position, key in enumerate(facts["approvers"])
    )
    Recipient.objects.bulk_create(
        Recipient(document=document, position=position, **row)
        for position, row in enumerate(facts["recipients"])
    )


def add_basis(document: Document, facts: dict[str, Any], written: dict[str, Document]) -> None:
    """Say what a document rests on: ours by reference, so that title and date are taken from it."""
    for position, row in enumerate(facts["basis"]):
        ours = written.get(row.get("document", ""))
        DecisionBasis.objects.create(
            document=document,
            position=position,
            basis_document=ours,
            outside_title="" if ours else row["title"],
            outside_date=None if ours else row["date"],
        )


def approve(document: Document, cast: Cast, head: str = "head") -> Document:
    """Take a document to approved: its author is finished, the head approves."""
    document = take_step(document, "finish", by=document.author)
    return take_step(document, "approve", by=cast.people[head])
