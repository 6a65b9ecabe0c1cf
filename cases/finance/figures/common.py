"""What the figures of money have in common: their arguments, the ledgers they read and how a value is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.finance.columns import computed
from cases.finance.ledger import Ledger
from cases.finance.models import Line
from cases.finance.models.kinds import Table
from cases.finance.places import url_of
from committee.models import OperatingArea, Period
from core import formats
from core.figures import Offer, Origin, Value

BESIDE = ("previous", "same_last_year")


@dataclass(frozen=True, slots=True)
class NetArgs:
    area: str = ""  # a code, such as EB; empty: the whole committee
    column: str = "deviation"  # a column of the operating table
    period: str = "this"


@dataclass(frozen=True, slots=True)
class AmountArgs:
    area: str = ""
    line: str = "costs"
    column: str = "deviation"
    period: str = "this"


@dataclass(frozen=True, slots=True)
class AreaArgs:
    area: str = ""
    period: str = "this"


def ledgers(period: Period, refs: list) -> dict[str, Ledger]:
    """Return the ledger of each period that references speak of."""
    found = {"this": Ledger.of(period)}
    for which in sorted({ref.period for ref in refs} & set(BESIDE)):
        beside = Period.objects.beside(period, which).first()
        if beside:
            found[which] = Ledger.of(beside)
    return found


def money(
    ledger: Ledger | None, area: str, column: str, lines: Callable[[Ledger], list[Line]]
) -> Decimal | None:
    """Return an amount of the operating table in kronor; None for what is not there."""
    columns = ledger.columns(Table.OPERATING) if ledger else []
    areas = areas_of(ledger, area) if ledger else None
    if ledger is None or areas is None or column not in {one.key for one in columns}:
        return None
    cells = {one.key: ledger.total(one.slice, lines(ledger), areas) for one in columns if one.slice}
    return dict(zip([one.key for one in columns], computed(columns, cells), strict=True))[column]


def areas_of(ledger: Ledger, code: str) -> list[OperatingArea] | None:
    """Return the areas that a code means; None when there is no such area."""
    return [one for one in ledger.areas if one.code == code] or None if code else ledger.areas


def net_of(ledger: Ledger | None, area: str, column: str) -> Decimal | None:
    return money(ledger, area, column, lambda one: one.lines_of(Line.Cut.AREA))


def value(kronor: Decimal | None, label: str, period: Period, table: str = "operating") -> Value | None:
    """Return an amount with where it stands; None stays None."""
    if kronor is None:
        return None
    origin = Origin(label, str(period), url_of(period, table), formats.iso(period.ends_on))
    return Value(kronor, "kr", origin)


def offered(label: str, column: str = "") -> Callable[[Period], Iterator[Offer]]:
    """Offer a figure for the committee and for each area."""

    def offers(period: Period) -> Iterator[Offer]:
        more = {"column": column} if column else {}
        yield Offer(label, more)
        for area in Ledger.of(period).areas:
            yield Offer(f"{label}, {area.name}", {"area": area.code, **more})

    return offers


def label_of(ledger: Ledger | None, ref: NetArgs | AmountArgs | AreaArgs) -> str:
    """Say in words which amount it is."""
    columns = ledger.columns(Table.OPERATING) if ledger else []
    heads = {one.key: one.head for one in columns}
    names = {one.code: one.name for one in ledger.areas} if ledger else {}
    head = heads.get(getattr(ref, "column", ""), "")
    return ", ".join(filter(None, [names.get(ref.area, _("The whole committee")), head]))


def difference(pair) -> Decimal | None:
    one, other = pair
    return None if one is None or other is None else one - other
