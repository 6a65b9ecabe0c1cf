"""What a column takes and how it shows it, the same in the grid and on a row's own page."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import formats, personal_numbers, reading
from core.grid import formula as formulas
from core.reading import Unreadable

LONGEST_TEXT = 2000
CANONICAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
YES, NO = "yes", "no"

Text = str | Promise
Kind = Literal["number", "percent", "select", "text", "yesno"]


class Refused(ValueError):
    """A value that can be read and may not stand there; `str()` is what to tell who wrote it."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet. Its values are canonical: `-720512`, `8.5` (percent: 8,5 %), an option's value,
    `yes` or `no`, a text; always "" for empty.

    `formula` makes it computed: other columns with + and − between them, over the totals too; a sum takes
    what is there, a difference is empty until all its terms are there. `adds` has its
    values summed in the groups' heads and the last row. `unit` stands in the head, `width` is a hint:
    narrow, wide, or "" for what the kind needs; only a wide text has several lines, and is written in a dialog.
    A narrow text is set to the right, as what it mostly is: a figure with words. A number is shown with as many `decimals`; with `exact`, with
    those that it has, up to as many.
    """

    key: str
    label: Text
    kind: Kind
    decimals: int = 0
    options: tuple[tuple[str, Text], ...] = ()
    adds: bool = False
    formula: str = ""
    unit: Text = ""
    width: Literal["", "narrow", "wide"] = ""
    help: Text = ""
    exact: bool = False

    def __post_init__(self):
        if not re.fullmatch(r"[\w.:]+", self.key):
            raise ValueError(f"a column's key is a word: {self.key!r}")
        formulas.terms(self.formula)

    @property
    def looks(self) -> str:
        """The classes of its cells."""
        return f"grid-{self.kind} grid-{self.width}" if self.width else f"grid-{self.kind}"

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "percent"}

    @property
    def all_options(self) -> tuple[tuple[str, Text], ...]:
        """Return what can be chosen, the empty choice first."""
        chosen = ((YES, _("Yes")), (NO, _("No"))) if self.kind == "yesno" else self.options
        return chosen if any(not value for value, _label in chosen) else (("", "–"), *chosen)

    def shown(self, value: str) -> str:
        """Write a canonical value as the page shows it."""
        if not value:
            return ""
        if self.is_number:
            return formats.number(Decimal(value), self._places(value)) + self._percent_sign
        return str(dict(self.all_options).get(value, value)) if self.is_choice else value

    def _places(self, value: str) -> int:
        return min(self.decimals, len(value.partition(".")[2])) if self.exact else self.decimals

    def written(self, value: str) -> str:
        """Write a canonical value for a field that it is typed in: with all its decimals, and no thousands."""
        return value.replace(".", ",") if self.is_number else value

    @property
    def is_choice(self) -> bool:
        return self.kind in {"select", "yesno"}

    @property
    def _percent_sign(self) -> str:
        return f"{formats.NBSP}%" if self.kind == "percent" else ""

    def read(self, text: str) -> str:
        """Return what somebody typed or pasted as a canonical value; raises Unreadable or Refused."""
        if self.is_number:
            value = reading.number(text, decimals=self.decimals, percent=self.kind == "percent")
            return reading.canonical(value)
        return self._chosen(text) if self.is_choice else self._text(text)

    def take(self, value: str) -> str:
        """Return a value that a program sent, canonical or as people write; raises Unreadable or Refused."""
        if self.is_number and CANONICAL.fullmatch(value):
            value = value.replace(".", ",")
        return self.read(value)

    def _chosen(self, text: str) -> str:
        wanted = text.strip().casefold()
        for value, label in self.all_options:
            if wanted in {value.casefold(), str(label).casefold()}:
                return value
        if self.kind == "yesno":
            return {True: YES, False: NO, None: ""}[reading.yes_no(text)]
        labels = ", ".join(str(label) for value, label in self.all_options if value)
        raise Refused(_("Choose one of: %(options)s.") % {"options": labels})

    def _text(self, text: str) -> str:
        kept = text.strip().replace("\r\n", "\n")
        if "\0" in kept:
            raise Unreadable("not_a_text")
        if len(kept) > LONGEST_TEXT:
            raise Refused(_("Write at most %(most)s characters.") % {"most": LONGEST_TEXT})
        if found := next(personal_numbers.find(kept), None):
            message = _("A personal number (%s) stands in the text. Take it out.")
            raise Refused(message % personal_numbers.hide(found))
        return kept
