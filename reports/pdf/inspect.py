"""Our own checker: what an accessible, archivable file must have. It always runs, where veraPDF needs a JVM.

It knows the faults our own parts can have; it does not replace veraPDF's several hundred rules. What binding
leaves as it is, is looked at once for each part (`part_rules`), the rest in every file (`file_rules`).
"""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from reports.pdf.file_rules import FILE_RULES
from reports.pdf.orders import Fault
from reports.pdf.part_rules import PART_RULES
from reports.pdf.subject import Subject


def inspect(pdf: Path) -> list[Fault]:
    """Return every fault found, or nothing for a file that may leave the house."""
    with pikepdf.open(pdf) as opened:
        return faults_of(opened, (*FILE_RULES, *PART_RULES))


def inspect_file(pdf: Pdf) -> list[Fault]:
    """Return the faults that a file, open as it was put together, can have though its parts have none."""
    return faults_of(pdf, FILE_RULES)


def inspect_part(pdf: bytes) -> tuple[int, list[Fault]]:
    """Return the pages of a part, and its faults that every file with it has too; its pages count from 1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages), faults_of(opened, PART_RULES)


def faults_of(pdf: Pdf, rules: Sequence[Callable[[Subject], Iterator[Fault]]]) -> list[Fault]:
    subject = Subject(pdf)
    return [fault for rule in rules for fault in rule(subject)]
