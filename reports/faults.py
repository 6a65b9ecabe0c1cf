"""What our inspection found, in the language of who reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def worded(fault: Mapping[str, Any]) -> str:
    """Return what a stored `reports.pdf.orders.Fault` says; older ones were stored in plain words."""
    if "text" not in fault:
        return fault["message"]
    return gettext(fault["text"]) % fault["details"]
