"""The words of a text: for search, excerpts, comparison and the scan for personal numbers."""

import re

from core.richtext.clean import parse
from core.richtext.public import leave_out_secrets
from core.richtext.shape import names

# A sentence may begin with what stands in a value's place.
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ\ue000\ufffc”–])")
_BLOCKS = names("h2 h3 h4 h5 h6 li ol p section table tr ul")


def plain_text(html: str, *, included: bool = False) -> str:
    """Return the words, a line for each paragraph and row, notes in brackets.

    What is masked is left out unless it is asked to be included.
    """
    root = parse(html)
    if not included:
        leave_out_secrets(root)
    lines = (line.strip() for line in _words(root).split("\n"))
    return "\n".join(line for line in lines if line)


def text_to_compare(html: str) -> str:
    """Return all the words as they are compared: a line for each paragraph and row, the cells of a row divided."""
    return plain_text(html, included=True).replace("\t", " | ")


def sentences(text: str) -> list[str]:
    """Divide a plain text, whose lines are paragraphs, into its sentences."""
    return [sentence for line in text.split("\n") for sentence in _SENTENCE_END.split(line)]


def _words(element):
    words = "".join(
        _one_space(child) if isinstance(child, str) else _words(child) for child in element.children
    )
    if element.tag in _BLOCKS:
        return f"\n{words}\n"
    if element.tag in {"td", "th"}:
        return f"{_one_space(words).strip()}\t"
    if "data-footnote" in element.attrs:
        return f" ({words.strip()})"
    return "\n" if element.tag == "br" else words


def _one_space(text):
    return re.sub(r"\s+", " ", text)
