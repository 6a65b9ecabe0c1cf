"""Swedish numbers, money, dates and lists: the one formatter for page and paper.

Amounts come in kronor, unrounded, and are rounded here, last, half away from zero.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.clock import day_of

NBSP = "\u00a0"
THOUSANDS = {"kr": Decimal(1), "tkr": Decimal(1_000), "mkr": Decimal(1_000_000)}

CARDINALS = [
    gettext_lazy("zero"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
]
ORDINALS = [
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
]


def number(value: Decimal | float, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number: `-720 512`, `57,7`; with `signed`, `+57,7` for what is above zero."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)  # never “-0”
    sign = "+" if signed and rounded > 0 else ""
    return sign + f"{rounded:,f}".replace(",", NBSP).replace(".", ",")


def money(kronor: Decimal | int, unit: str = "kr", decimals: int | None = None) -> str:
    """Write an amount of kronor in kr, tkr or mkr: `1 127 679 kr`, `57,7 mkr`."""
    places = decimals if decimals is not None else (1 if unit == "mkr" else 0)
    return f"{number(Decimal(kronor) / THOUSANDS[unit], places)}{NBSP}{unit}"


def money_in_words(kronor: Decimal | int, decimals: int = 1) -> str:
    """Write an amount of kronor for prose: `57,7 miljoner kronor`."""
    millions = Decimal(kronor) / THOUSANDS["mkr"]
    words = _("million kronor").replace(" ", NBSP)
    return f"{number(millions, decimals)}{NBSP}{words}"


def exact(value: Decimal) -> str:
    """Return a number with the decimals that it has: `17`, `8,5`."""
    return number(value, decimals_of(value))


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number has, noughts at its end left out."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def percent(value: Decimal | float, decimals: int = 1) -> str:
    """Write a percentage for prose: `8,0 procent`."""
    word = _("percent")
    return f"{number(value, decimals)}{NBSP}{word}"


def count_in_words(value: int) -> str:
    """Write a count for prose: `sju`; above twelve in digits."""
    return str(CARDINALS[value]) if 0 <= value < len(CARDINALS) else number(value)


def ordinal(value: int) -> str:
    """Write a place in order: `andra`; above the fourth with digits."""
    return str(ORDINALS[value - 1]) if 0 < value <= len(ORDINALS) else f"{value}:e"


def surplus_or_deficit(kronor: Decimal | int) -> str:
    """Name the sign of a deviation: `överskott`, `underskott`, or that there is none."""
    if kronor == 0:
        return _("neither surplus nor deficit")
    return _("surplus") if kronor > 0 else _("deficit")


def higher_or_lower(change: Decimal | int) -> str:
    """Name the sign of a change: `högre`, `lägre`, `oförändrad`."""
    if change == 0:
        return pgettext("compared with before", "unchanged")
    return _("higher") if change > 0 else _("lower")


def improved_or_worsened(change: Decimal | int) -> str:
    """Name the sign of a forecast's change: `förbättrad`, `försämrad`, `oförändrad`."""
    if change == 0:
        return pgettext("compared with before", "unchanged")
    return pgettext("forecast", "improved") if change > 0 else pgettext("forecast", "worsened")


def iso(day: date | datetime | None) -> str:
    """Write a date as `2023-06-13`; of a moment, the day that it is here."""
    return f"{day_of(day):%Y-%m-%d}" if day else ""


def long_date(day: date | datetime | None) -> str:
    """Write a date for prose: `13 juni 2023`."""
    return _as(day, f"j{NBSP}F{NBSP}Y")


def weekday_date(day: date | datetime | None) -> str:
    """Write a date for the screen: `tis 13 juni 2023`."""
    return _as(day, f"D j{NBSP}F Y")


def short_date(day: date | datetime | None) -> str:
    """Write a date near in time: `tis 13 juni`."""
    return _as(day, f"D j{NBSP}F")


def clock_time(moment: datetime | None) -> str:
    """Write a time of day: `18.00`."""
    return timezone.localtime(moment).strftime("%H.%M") if moment else ""


def _as(day: date | datetime | None, pattern: str) -> str:
    return dateformat.format(day_of(day), pattern) if day else ""


def in_a_sentence(name: str) -> str:
    """Write a name or a title as it stands inside a sentence: `socialnämnden`, but `HR-chef`."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def and_list(words: Iterable[object]) -> str:
    """Join words as prose does: `a, b och c`."""
    *first, last = [str(word) for word in words] or [""]
    joint = _("and")
    return f"{', '.join(first)} {joint} {last}" if first else last
