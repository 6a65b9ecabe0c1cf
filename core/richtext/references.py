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
# On a value that somebody has written in their own words: what the register said then.
OWN = "data-own"
# For the editor only, never stored: what the register says now.
SAYS = "data-says"
# In the place of a chip, where only what was typed is looked at.
CHIP = "\ufffc"
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


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A value in somebody's own words: what it is, the words, and what the register said when they were written."""

    ref: FigureRef
    words: str
    then: str


def figure_refs(html: str) -> list[FigureRef]:
    """Return the values named in a text, in the order of the text, each as often as it is named.

    One that somebody has written in their own words is not among them.
    """
    if FIGURE not in html:
        return []
    return [_ref(chip) for chip in parse(html).find(FIGURE) if OWN not in chip.attrs]


def own_words(html: str) -> list[OwnWords]:
    """Return the values that somebody has written in their own words."""
    if OWN not in html:
        return []
    chips = [chip for chip in parse(html).find(FIGURE) if OWN in chip.attrs]
    return [OwnWords(_ref(chip), chip.text, chip.attrs[OWN]) for chip in chips]


def attached(html: str) -> str:
    """Return a text in which every value follows its source again."""
    if OWN not in html:
        return html
    root = parse(html)
    for chip in root.find(OWN):
        del chip.attrs[OWN]
    return write(root)


def typed_words(html: str) -> str:
    """Return a text with a mark in the place of every value: what is left was typed."""
    root = parse(html)
    for chip in root.find(FIGURE):
        chip.children = [CHIP]
    return write(root)


def fill(html: str, values: Mapping[FigureRef, str | None]) -> str:
    """Write every value in a text anew; one that is None or not given is said to be missing."""
    root = parse(html)
    fill_in(root, values)
    return write(root)


def fill_in(root: Element, values: Mapping[FigureRef, str | None]) -> None:
    """Do what `fill` does in the tree of a text. Words of somebody's own stay as they are."""
    for chip in root.find(FIGURE):
        if OWN in chip.attrs:
            chip.children = [chip.text]
        else:
            _put(chip, values.get(_ref(chip)))


def fill_to_write(html: str, values: Mapping[FigureRef, str | None]) -> str:
    """Do what `fill` does for the editor, which also shows what the register says beside somebody's own words."""
    root = parse(html)
    fill_in(root, values)
    for chip in root.find(OWN):
        says = values.get(_ref(chip)) if FIGURE in chip.attrs else None
        if says is not None:
            chip.attrs[SAYS] = unescape(says)
    return write(root)


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
