"""Numbers that somebody has typed where the register knows one: found in sentences, held against the known values.

The rule, the same in the editor and in the review:

- Only a number with a unit counts: kronor in any size, percent, weeks, months, or a count followed by the thing that
  is counted (“483 hushåll”), which has to be a word of what the value is called. So years, dates, paragraphs, numbers
  of headings, cases and measures are never meant.
- Only a value of the same unit is held against it, and signs are left aside: one writes “ett underskott på 6,1 mkr”.
- It *is* the value when the value, rounded as the number is written, is the number. That says little of a short
  number (“57 procent”): it takes a word that both share, or a number of three digits.
- It is *near* when it is within three percent of the value (of percentages, within half a point), and the sentence or
  its heading shares two words with what the value is called. Words are compared by their beginnings; överskott and
  underskott name a deviation.
- Of several, the one that shares most words is meant, then the one that it is rather than is near, then the one that
  is called by fewest other words, then the closest.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

NEAR = Decimal("0.03")
HALF_A_POINT = Decimal("0.5")
TELLING_DIGITS = 3
DOZEN = 12
MOST_CHOICES = 3
LONGEST = 4_000  # characters of a sentence that are looked through

_SPACE = r"[ \u00a0\u2009\u202f]"
_DIGITS = rf"(?P<digits>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d{{1,12}})(?:,(?P<decimals>\d{{1,6}}))?"
# Kind and how many of its smallest the written unit is.
UNITS = {
    r"miljard(?:er)?(?: kronor)?|mdkr": ("money", 1_000_000_000),
    r"miljon(?:er)?(?: kronor)?|mkr|mnkr": ("money", 1_000_000),
    r"tusen kronor|tkr|kkr": ("money", 1_000),
    r"kronor|kr": ("money", 1),
    r"procent|%": ("percent", 1),
    r"veckor?": ("weeks", 1),
    r"månad(?:er)?": ("months", 1),
}
# What the figures call their units.
KINDS = {
    "kr": ("money", 1), "kronor": ("money", 1), "tkr": ("money", 1_000), "mkr": ("money", 1_000_000),
    "%": ("percent", 1), "percent": ("percent", 1), "weeks": ("weeks", 1), "months": ("months", 1),
    "count": ("count", 1), "": ("count", 1),
}  # fmt: skip
_NAMED = "|".join(f"(?P<u{place}>{unit.replace(' ', _SPACE)})" for place, unit in enumerate(UNITS))
NUMBER = re.compile(
    rf"(?<![\w.,:/§%])(?<!\w[-–])[-+\u2212]?(?:{_DIGITS}){_SPACE}?(?:(?:{_NAMED})(?!\w)|(?P<thing>[a-zåäöé]{{4,}}))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(19|20)\d\d")
_WORD = re.compile(r"[a-zåäöé]{4,}")
_BEGINNING = 5
_DEVIATION = ("överskott", "underskott")
# They stand in many names and say nothing of which value is meant.
_EMPTY = frozenset({"andel", "antal", "samma", "perio", "året", "mella", "exkl"})


@dataclass(frozen=True, slots=True)
class Known:
    """A value of the register: what it is called, by its words' beginnings, and how it may be written."""

    name: str
    args: Mapping[str, str]
    label: str
    value: Decimal  # in the smallest of its kind
    words: frozenset[str]
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as it stands in a sentence, with its unit."""

    start: int
    end: int
    text: str
    kind: str
    value: Decimal  # in the smallest of its kind
    step: Decimal  # what its last digit stands for
    digits: int  # how many say something
    thing: str = ""  # what is counted, by its beginning


@dataclass(frozen=True, slots=True)
class Hit:
    """A typed number that is a value of the register or near one; the choices are the likeliest, best first."""

    typed: Typed
    agrees: bool
    choices: tuple[Known, ...]


class Register:
    """The known values, sorted by kind, to hold sentences against."""

    def __init__(self, choices: Iterable[Mapping[str, Any]]):
        self._known: dict[str, list[Known]] = defaultdict(list)
        for choice in choices:
            kind, size = KINDS.get(choice["unit"], ("", 1))
            value = _decimal(choice["value"])
            if kind and value:
                self._known[kind].append(_known(choice, value * size))

    def find(self, sentence: str, heading: str = "") -> Iterator[Hit]:
        """Yield each typed number of a sentence that is a value or near one."""
        said = words_of(f"{heading} {sentence}")
        for typed in numbers_in(sentence):
            hit = self._hit(typed, said)
            if hit:
                yield hit

    def _hit(self, typed: Typed, said: frozenset[str]) -> Hit | None:
        found = [one for known in self._known[typed.kind] if (one := _fit(typed, known, said))]
        ranked = sorted(found, key=lambda one: one.rank)[:MOST_CHOICES]
        if not ranked:
            return None
        return Hit(typed, ranked[0].agrees, tuple(one.known for one in ranked))


def numbers_in(sentence: str) -> Iterator[Typed]:
    """Yield the numbers with a unit in a sentence."""
    for match in NUMBER.finditer(sentence[:LONGEST]):
        if not match["thing"]:
            kind, size = next(unit for place, unit in enumerate(UNITS.values()) if match[f"u{place}"])
            yield _typed(match, kind, Decimal(size))
        elif not _YEAR.fullmatch(match["digits"]):
            yield _typed(match, "count", Decimal(1), _beginning(match["thing"].lower()))


def has_number(text: str) -> bool:
    """Say whether a text has a number with a unit at all: without one nothing need be known."""
    return NUMBER.search(text) is not None


def form_for(typed: str, known: Known) -> tuple[str, str]:
    """Return the form (its name, its text) in which a value is written most like what was typed."""
    wanted = _shape(typed)
    alike = [form for form in known.forms if _shape(form[1]) == wanted]
    unsigned = [form for form in known.forms if _shape(form[1]).lstrip("-") == wanted]
    return (alike or unsigned or list(known.forms))[0]


def words_of(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words that can tell one value from another."""
    return frozenset(_beginning(word) for word in _WORD.findall(text.lower())) - _EMPTY


def _beginning(word: str) -> str:
    return ("avvikelse" if word.startswith(_DEVIATION) else word)[:_BEGINNING]


def _known(choice: Mapping[str, Any], value: Decimal) -> Known:
    called = f"{choice['group']} {choice['label']}"
    forms = tuple((one["form"], one["text"]) for one in choice["forms"])
    label = (
        choice["label"]
        if choice["label"].startswith(choice["group"])
        else f"{choice['group']}: {choice['label']}"
    )
    return Known(choice["name"], choice["args"], label, value, words_of(called), forms)


def _typed(match: re.Match[str], kind: str, size: Decimal, thing: str = "") -> Typed:
    written, decimals = re.sub(_SPACE, "", match["digits"]), match["decimals"] or ""
    digits = f"{written}{decimals}".strip("0")
    end = match.end("decimals" if decimals else "digits") if thing else match.end()
    return Typed(
        start=match.start(),
        end=end,
        text=match.string[match.start() : end],
        kind=kind,
        value=Decimal(f"{written}.{decimals or 0}") * size,
        step=size.scaleb(_noughts(written, digits) - len(decimals)),
        digits=len(digits),
        thing=thing,
    )


def _noughts(written: str, digits: str) -> int:
    """Return how many noughts at its end only round a number, as in 473 100; a short one may mean them."""
    return len(written) - len(written.rstrip("0")) if len(digits) >= TELLING_DIGITS else 0


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a value fits a typed number; the lower its rank, the better."""

    known: Known
    agrees: bool
    rank: tuple[int, bool, int, Decimal]


def _fit(typed: Typed, known: Known, said: frozenset[str]) -> _Fit | None:
    shared = len(known.words & said)
    apart = abs(abs(known.value) - typed.value)
    agrees = _rounded(known.value, typed.step) == typed.value
    told = (
        (shared or typed.digits >= TELLING_DIGITS)
        if agrees
        else shared > 1 and apart <= _allowed(typed, known)
    )
    if not told or not _counts(typed, known):
        return None
    return _Fit(known, agrees, (-shared, not agrees, len(known.words), apart))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    """Return the value without its sign, written to a step, such as to whole tkr."""
    return (abs(value) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _allowed(typed: Typed, known: Known) -> Decimal:
    allowed = NEAR * abs(known.value)
    return max(allowed, HALF_A_POINT) if typed.kind == "percent" else allowed


def _counts(typed: Typed, known: Known) -> bool:
    """Say whether a count is of what the value counts; small counts are in every sentence."""
    return typed.kind != "count" or (typed.thing in known.words and typed.value > DOZEN)


def _decimal(value: Any) -> Decimal | None:
    """Return the number that a value is; None for words, and for what holds several."""
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _shape(text: str) -> str:
    """Return how a number is written, whatever it is: its sign and its unit."""
    shape = re.sub(r"[\d\s,]+", "", text.replace("\N{MINUS SIGN}", "-"))
    return re.sub(r"mnkr", "mkr", shape.lower())
