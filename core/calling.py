"""Functions called by their names: what they import is loaded by the process that calls them, and by no other.

A worker lives long, and libraries that few of its jobs need take a quarter of its memory. Those that open files of
others are loaded by the processes that may die of such a file.
"""

from typing import Any

from django.utils.module_loading import import_string


def call(function: str, *args: Any, **named: Any) -> Any:
    """Call what a dotted name such as `reports.annexes.judging.judge` means."""
    return import_string(function)(*args, **named)
