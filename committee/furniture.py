"""What stands around a text on a municipality's paper: letterhead, label, running heads."""

from typing import Any

from committee.models import Body


def furniture(
    body: Body,
    *,
    label: str,
    date: str = "",
    code: str = "",
    number: str = "",
    author: str = "",
    recipient: str = "",
    document: str = "",
) -> dict[str, Any]:
    """Return the furniture of a paper of the body's municipality; `date` is ISO or empty.

    `document` is the title of the whole where the paper is only a chapter of it or has another name.
    """
    municipality = body.municipality
    return {
        "style": municipality.house_style,
        "municipality": municipality.name,
        "body": body.name,
        "label": label,
        "document": document,
        "accent": municipality.accent,
        "date": date,
        "code": code,
        "number": number,
        "unit": municipality.department,
        "author": author,
        "recipient": recipient or body.name,
        "address": f"{municipality.name}, {municipality.address}",
        "visit": municipality.visiting_address,
        "phone": municipality.phone,
        "web": municipality.web,
        "org_number": municipality.organisation_number,
        "logo": municipality.logo,
    }
