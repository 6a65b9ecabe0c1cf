"""Blocks: generated pieces of a document. Data first, template second.

`data` is canonical JSON of unrounded values and the only place with queries; hash, frozen edition,
diff and embedded data use it, never the HTML.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    subject: str
    template: str
    label: str | Promise
    data: Callable[[Any, Mapping[str, Any], str], dict[str, Any]]

    @property
    def where(self) -> str:
        return f"of {self.subject} · {self.template}"


blocks: Registry[Block] = Registry("block")


def block(name: str, *, subject: str, template: str, label: str | Promise):
    """Register a function (subject, options, audience) → data as a block with a template."""

    def register(data):
        blocks.add(name, Block(name, subject.lower(), template, label, data))
        return data

    return register


def html(name: str, data: Mapping[str, Any], *, level: int = 2, number: str = "") -> str:
    """Return a block's data as HTML whose own headings, if any, stand below `level` and go on from `number`."""
    return render_to_string(blocks[name].template, {"data": data, "level": level + 1, "number": number})
