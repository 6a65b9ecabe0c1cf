"""The values in a text: which they are, and writing them anew.

What stands inside a chip in a stored text is only what it was when somebody last wrote there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from django.utils.translation import gettext as _

from core.richtext.clean import parse
from core.richtext.schema import read_args, write_args
from core.richtext.tree import INLINE, Element, rewrite, write

FIGURE, ARGS = "data-figure", "data-args"
MISSING_CLASS = "figure-missing"

Arg = str | int


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A value as a text names it; `args` holds every argument in order, `form` among them."""

    name: str
    args: tuple[tuple[str, Arg], ...] = ()
    form: str = ""

    @classmethod
    def of(cls, name: str, args: Mapping[str, Arg]) -> "FigureRef":
        return cls(name, tuple(sorted(args.items())), str(args.get("form", "")))

    def chip(self, text: str) -> str:
        """Return the HTML that stands for this value in a text."""
        return f'<span {FIGURE}="{self.name}" {ARGS}="{escape(write_args(dict(self.args)))}">{escape(text)}</span>'


def figure_refs(html: str) -> list[FigureRef]:
    """Return the values named in a text, in the order of the text, each as often as it is named."""
    return [_ref(chip) for chip in parse(html).find(FIGURE)]


def fill(html: str, values: Mapping[FigureRef, str | None]) -> str:
    """Write every value in a text anew; one that is None or not given is said to be missing."""
    root = parse(html)
    fill_in(root, values)
    return write(root)


def fill_in(root: Element, values: Mapping[FigureRef, str | None]) -> None:
    """Do what `fill` does in the tree of a text."""
    for chip in root.find(FIGURE):
        _put(chip, values.get(_ref(chip)))


def _ref(chip):
    return FigureRef.of(chip.attrs[FIGURE], read_args(chip.attrs.get(ARGS, "")) or {})


def _put(chip, value):
    chip.attrs.pop("class", None)
    if value is None:
        chip.attrs["class"] = MISSING_CLASS
        chip.children = [_("[value missing]")]
    else:
        chip.children = _inline(value)


def _inline(value):
    """Return a value's HTML as what may stand within a sentence, even within a link."""
    if "<" not in value:
        return [unescape(value)]
    words = parse(value)
    rewrite(words, lambda element: [element] if element.tag in INLINE - {"a"} else element.children)
    for element in words:
        element.attrs = {
            name: value for name, value in element.attrs.items() if name in {"class", "data-origin"}
        }
    return words.children
