"""Kolada's open JSON: key figures by municipality, year and gender, as rows for the importer.

A value that is missing stays missing: it is never 0.
"""

import json
from decimal import Decimal
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core import formats
from core.importing.cells import EMPTY, MOST_BYTES, MOST_ROWS, Cell, Sheet, Unacceptable

HOST = "api.kolada.se"
TIMEOUT = 10  # seconds
HEADS = ("kpi", "municipality", "period", "gender", "value")
GENDERS = {"T", "M", "K"}  # total, men (män), women (kvinnor)


def read(content: bytes, *, most: int = MOST_ROWS) -> Sheet:
    """Return a row for each municipality, key figure, year and gender. Raises Unacceptable."""
    try:
        rows = [row for entry in _entries(content) for row in _rows(entry)]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Unacceptable(
            _("This is not what Kolada sends. Fetch values by municipality and key figure anew.")
        ) from None
    if len(rows) > MOST_ROWS:
        raise Unacceptable(_("The file has more than %s rows. Divide it.") % formats.number(MOST_ROWS))
    return Sheet("Kolada", [[Cell(head) for head in HEADS], *rows][:most])


def _entries(content: bytes) -> list[dict[str, Any]]:
    data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    return data["values"]


def _refuse(constant: str):
    raise ValueError(constant)


def _rows(entry: dict[str, Any]) -> list[list[Cell]]:
    common = [Cell(str(entry["kpi"])), Cell(str(entry["municipality"])), Cell(str(int(entry["period"])))]
    return [[*common, Cell(_gender(one)), _value(one.get("value"))] for one in entry["values"]]


def _gender(one: dict[str, Any]) -> str:
    gender = one.get("gender") or "T"
    if gender not in GENDERS:
        raise ValueError(gender)
    return gender


def _value(value: Any) -> Cell:
    if value is None:
        return EMPTY
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(value)
    return Cell(Decimal(value))


def checked(address: str) -> str:
    """Return an address that may be fetched. Raises Unacceptable for any that is not Kolada's own, over https."""
    try:
        parts = urlsplit(address.strip())
        ours = parts.scheme == "https" and parts.netloc == HOST and not parts.fragment
    except ValueError:
        ours = False
    if not ours or not address.isascii() or any(mark.isspace() for mark in address.strip()):
        raise Unacceptable(_("Only addresses that begin with https://%s/ are fetched.") % HOST)
    return address.strip()


def fetch(address: str) -> bytes:
    """Return what Kolada answers. Raises Unacceptable when it does not, or with more than anybody imports."""
    parts = urlsplit(checked(address))
    connection = HTTPSConnection(HOST, timeout=TIMEOUT)
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
        answer = connection.getresponse()
        return _body(answer)
    except (OSError, HTTPException):
        raise Unacceptable(
            _("Kolada does not answer. Try again in a while, or fetch the file and upload it.")
        ) from None
    finally:
        connection.close()


def _body(answer) -> bytes:
    if answer.status != 200:  # a redirect too: it might lead anywhere
        raise Unacceptable(_("Kolada answered with error %s. Look at the address.") % answer.status)
    content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unacceptable(_("Kolada's answer is too large. Ask for fewer key figures at a time."))
    return content
