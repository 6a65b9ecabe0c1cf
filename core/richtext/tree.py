"""A small tree of balanced HTML, for the changes that strings do not bear."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from core.richtext.shape import VOID, names, tags

INLINE = names("a abbr br em span strong sub sup time")
TEXT_BLOCKS = names("h2 h3 h4 h5 h6 p")

_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')


@dataclass(slots=True, eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """Yield the elements inside, in the order in which they are read."""
        for child in self.elements:
            yield child
            yield from child

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing in this would be seen."""
        return not self.text.strip()

    def has(self, attribute: str) -> bool:
        return attribute in self.attrs

    def find(self, attribute: str) -> list["Element"]:
        return [element for element in self if attribute in element.attrs]


def build(html: str) -> Element:
    """Make a tree of HTML that the sanitiser has balanced."""
    root = Element("root")
    open_elements = [root]
    place = 0
    for tag in tags(html):
        start, end = tag.span
        _add_text(open_elements[-1], html[place:start])
        place = end
        if tag.is_end:
            open_elements.pop()
            continue
        element = Element(tag.name, _attributes(tag.attributes))
        open_elements[-1].children.append(element)
        if tag.name not in VOID:
            open_elements.append(element)
    _add_text(root, html[place:])
    return root


def write(root: Element) -> str:
    return "".join(_written(root.children))


def rewrite(element: Element, change: Callable[[Element], "list[Element | str]"]) -> None:
    """Replace every element inside by what `change` makes of it, the innermost first."""
    changed: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            changed.append(child)
        else:
            rewrite(child, change)
            changed.extend(change(child))
    element.children = changed


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}


def _add_text(element: Element, text: str) -> None:
    if text:
        element.children.append(unescape(text))


def _written(nodes: "list[Element | str]") -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield escape(node, quote=False)
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
        yield f"<{node.tag}{attributes}>"
        if node.tag not in VOID:
            yield from _written(node.children)
            yield f"</{node.tag}>"
