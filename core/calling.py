"""Functions called by their names: what they import is loaded by the process that calls them, and by no other.

A worker lives long, and libraries that open files of others take a quarter of its memory; those files are opened in
processes that may die of them, which are the ones to load the libraries.
"""

from typing import Any

from django.utils.module_loading import import_string


def call(function: str, *args: Any, **named: Any) -> Any:
    """Call what a dotted name such as `reports.annexes.judging.judge` means."""
    return import_string(function)(*args, **named)
