"""Documents as files. What a document holds for whom is decided here, before anything is HTML."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.register.content import Content, content_of, subjects_of
from cases.register.models import Document, load_content
from committee.furniture import furniture
from committee.models import Period
from core import formats
from core.naming import key_of
from core.richtext.public import public_copy
from core.richtext.references import FigureRef, figure_refs
from reports.audiences import READS_MASKED, READS_SECRET, Audience
from reports.composing import Composition, NotNamed, Part, composer


def audience_of_document(user, document) -> str | None:
    """Return as whom the user reads a document, or None."""
    return reads_as(user, document) if user.has_perm("register.view_document", document) else None


def reads_as(user, document) -> str:
    """Return as whom the user reads a document that they see: it may rest on what is secret."""
    return Audience.STAFF if document.case.body_id in user.rights.secret else Audience.MEMBERS


def document_open_since(user, document) -> datetime | None:
    """Return when the document was approved, for who does not read drafts."""
    reads_drafts = document.case.body_id in user.rights.drafts
    return None if reads_drafts or not document.is_frozen else document.frozen.at


def find_document(words: list[str]) -> Model:
    """Find the document that `NUMBER [KIND]` names."""
    try:
        return Document.objects.named(*words)
    except Document.DoesNotExist as missing:
        raise NotNamed(str(missing)) from None


@composer(
    "register.Document",
    kind="document",
    label=gettext_lazy("Document"),
    audience_of=audience_of_document,
    open_since=document_open_since,
    find=find_document,
)
def document(subject: Document, audience: str) -> Composition:
    """Compose one document as a file of its own."""
    loaded = Document.objects.for_reading().get(pk=subject.pk)
    load_content([loaded])
    return Composition(
        title=f"{loaded.template.name}: {loaded.title}",
        filename=slugify(f"{loaded.template.kind} {loaded.case.number} {loaded.title}")[:100],
        author=str(loaded.case.body),
        dated=loaded.dated_on,
        parts=document_parts(loaded, audience, key="document"),
        about=told_of_document(loaded),
    )


def find_report(words: list[str]) -> Model:
    """Find the report that `SN 2023 delar2` names, the latest edition; `SN 2023 internbudget` by its template's kind.

    Where a period has reports of several kinds the kind stands last: `SN 2023 helar verksamhetsberattelse`.
    """
    prefix, year, name, *kind = words
    reports = Document.objects.filter(
        subject_type=ContentType.objects.get_for_model(Period), template__is_report=True
    )
    of_body = Period.objects.filter(body__prefix__iexact=prefix, year=int(year))
    of_kind = reports.filter(subject_id__in=of_body.values("pk"), template__kind=name)
    if not kind and of_kind.exists():
        found = of_kind
    else:
        period = Period.objects.named(prefix, year, name)
        of_period = reports.filter(subject_id=period.pk)
        found = of_period.filter(template__kind=kind[0]) if kind else of_period
    report = found.order_by("-edition", "-dated_on", "pk").first()
    if report is None:
        raise Document.DoesNotExist(f"there is no report {' '.join(words)}")
    return report


@composer(
    "register.Document",
    kind="report",
    label=gettext_lazy("Report"),
    audience_of=audience_of_document,
    open_since=document_open_since,
    find=find_report,
)
def report(subject: Document, audience: str) -> Composition:
    """Compose a period's report: a document like any other, found by its period."""
    return document(subject, audience)


def told_of_document(document: Document) -> frozenset[str]:
    """Return the keys of all that a document, loaded for reading, tells of."""
    ours = [row.thing for row in document.basis.all() if row.thing]
    told = [*ours, *(thing.case for thing in ours), *subjects_of(document).values()]
    proposals = {f"register.proposal:{key}" for key in document.proposal_keys}
    return proposals.union(map(key_of, [document, document.case.body.municipality, *told]))


def document_part(
    document: Document, audience: str, *, key: str, level: int = 1, content: Content | None = None
) -> Part:
    """Return a document, loaded `with_content`, as a part of a file; its content too may be at hand."""
    content = content or content_for(document, audience)
    return Part(
        key=key,
        title=content["title"] if level == 1 else _among_others(content),
        template="register/print/document.html",
        data={
            **content,
            "is_draft": not document.is_approved,
            "style": document.case.body.municipality.house_style,
            "cover": cover(document, content) if document.template.has_cover else None,
        },
        furniture=document_furniture(document, content),
        level=level,
    )


def _among_others(content: Content) -> str:
    """Return a document's title below an item, which mostly has the same: with its kind."""
    label, title = content["label"].capitalize(), content["title"]
    return title if title.casefold().startswith(label.casefold()) else f"{label}: {title}"


def document_parts(
    document: Document, audience: str, *, key: str, level: int = 1, content: Content | None = None
) -> list[Part]:
    """Return a document as parts of a file: a report's chapters each for itself, with their contents before them."""
    whole = document_part(document, audience, key=key, level=level, content=content)
    chapters = _chapters(whole.data["sections"])
    if len(chapters) < 2:
        return [whole]
    whole = replace(whole, furniture={**whole.furniture, "by_file": True})
    first = replace(whole, data={**whole.data, "sections": chapters[0]})
    rest = [_chapter(whole, sections) for sections in chapters[1:]]
    return [first, _contents(whole, rest), *rest]


def _chapters(sections: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the sections as they share pages: before the first that begins on a new one, then from each of these."""
    chapters: list[list[dict[str, Any]]] = [[]]
    for section in sections:
        if section.get("begins_part"):
            chapters.append([])
        chapters[-1].append(section)
    return chapters


def _chapter(whole: Part, sections: list[dict[str, Any]]) -> Part:
    """Return some sections of a document as a part of their own, whose outermost heading is the part's title."""
    first = sections[0]
    kept = {name: whole.data[name] for name in ("label", "number", "style", "is_draft")}
    return replace(
        whole,
        key=f"{whole.key}-{first['key']}",
        title=f"{first['number']} {first['heading']}".strip(),
        data={
            **kept,
            "title": whole.data["title"],
            "sections": sections,
            "is_chapter": True,
            "top": 2 - first["level"],
        },
        level=whole.level + first["level"],
    )


def _contents(whole: Part, chapters: list[Part]) -> Part:
    firsts = [(part.key, part.data["sections"][0]) for part in chapters]
    rows = [
        {"key": key, **{name: first[name] for name in ("number", "heading", "level")}}
        for key, first in firsts
    ]
    return replace(
        whole,
        key=f"{whole.key}-contents",
        title=_("Contents"),
        template="register/print/contents.html",
        data={"rows": rows, "is_chapter": True},
        level=whole.level + 1,
        contents=True,
    )


def document_furniture(document: Document, content: Content) -> dict[str, Any]:
    return furniture(
        document.case.body,
        label=content["label"] if document.is_approved else _("%s – draft") % content["label"],
        date=content["dated_on"],
        code=content["classification"],
        number=content["number"],
        author=content["author"],
        document=content["title"],
    )


def cover(document: Document, content: Content) -> dict[str, str]:
    """Return what stands on the cover besides the title."""
    return {
        "body": document.case.body.name,
        "label": content["label"] if document.is_approved else _("%s – draft") % content["label"],
        "date": formats.long_date(document.dated_on),
        "number": content["number"],
    }


def content_for(document: Document, audience: str) -> Content:
    """Return a document's content as the audience may have it: what is secret or masked for them is left out."""
    content = for_audience(content_of(document), audience)
    if audience not in READS_SECRET:
        content["sections"] = [_without_secrets(section, document) for section in content["sections"]]
    return content


def for_audience(content: Content, audience: str) -> Content:
    """Return a content without what is masked for the audience."""
    sections = content["sections"]
    if audience not in READS_MASKED:
        sections = [_public(section) for section in sections]
    return {**content, "sections": sections}


def _without_secrets(section: dict[str, Any], document: Document) -> dict[str, Any]:
    return (
        {**section, "data": open_basis(section["data"], document)}
        if section["block"] == "register.basis"
        else section
    )


def open_basis(data: dict[str, Any], document: Document) -> dict[str, Any]:
    """Return a basis without what was secret when it was frozen, and what has become so since.

    The rows of an approved document stay as they were, in number and order.
    """
    secret = [row.is_secret for row in document.basis.all()]
    rows = [row for row, now in zip(data["rows"], secret, strict=True) if not (row["is_secret"] or now)]
    return {"rows": rows}


def _public(section: dict[str, Any]) -> dict[str, Any]:
    text = public_copy(section["text"])
    left = set(figure_refs(text))
    kept = [figure for figure in section["figures"] if FigureRef.of(figure["name"], figure["args"]) in left]
    return {**section, "text": text, "figures": kept}
