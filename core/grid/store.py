"""Saving changed cells by the versioned rule: two people never lose a value, and sending again is harmless."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from core.grid.changes import Change, Conflict, Fault, Key, Outcome, Saved
from core.grid.columns import Column, Refused
from core.grid.sheet import Cell, version_of
from core.reading import Unreadable
from core.services import service


class CellStore(ABC):
    """Where a sheet's cells are kept. An app writes `load` and `write`; the rest may stand as it is.

    Both run inside one transaction whose history names the writer.
    """

    columns: Sequence[Column]

    @abstractmethod
    def load(self, keys: Collection[Key]) -> Mapping[Key, Cell]:
        """Return the cells as they are now, locked until the transaction ends; what is not there is left out.

        Lock the parent (such as the period) first when a write may add rows: else two people add the same
        one. Lock rows in the order of their keys. What the writer may not change comes with `is_open` off
        and a `note` that says why. A cell that has no row yet is `Cell()`.
        """

    @abstractmethod
    def write(self, changes: Sequence[Change], *, by: Any) -> Mapping[Key, int] | None:
        """Write checked changes, whose values are canonical, and return their new versions.

        None for a store that keeps no versions.
        """

    def check(self, change: Change) -> str:
        """Return the change's value as canonical; raises Unreadable or Refused for what may not stand there."""
        return self.column(change.column).take(change.value)

    def shown(self, changes: Sequence[Change]) -> Mapping[Key, Cell]:
        """Return cells beside those written that show something else now: a computed rating, a note."""
        return {}

    def column(self, key: str) -> Column:
        """Return a column; raises Refused when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise Refused(_("The table has no such column any more. Load the page again."))


@service
def save(changes: Sequence[Change], store: CellStore, *, by: Any) -> Outcome:
    """Save what can be saved, in one transaction, and say of every other cell why not.

    A cell is written when the writer saw its present version, and stands as saved when it has the value
    already, which makes a retry harmless. Else it is a conflict, and the other person's value stands.
    """
    current = store.load({change.key for change in changes})
    outcome, writing = Outcome(), []
    for change in changes:
        try:
            checked = _checked(change, current.get(change.key), store)
        except (Unreadable, Refused) as refusal:
            outcome.errors.append(Fault(*change.key, message=str(refusal)))
            continue
        cell = current[change.key]
        if checked.value == cell.value:
            outcome.saved.append(Saved(*change.key, version=_version(cell), value=cell.value))
        elif _has_changed(cell, change):
            outcome.conflicts.append(_conflict(change, cell, store))
        else:
            writing.append(checked)
    if writing:
        outcome.saved += _written(writing, store, by)
        outcome.shown = [_shown(key, cell, store) for key, cell in store.shown(writing).items()]
    return outcome


def _checked(change: Change, cell: Cell | None, store: CellStore) -> Change:
    if store.column(change.column).formula:
        raise Refused(_("This cell is computed and cannot be changed."))
    if cell is None:
        raise Refused(_("This row is not here any more. Load the page again."))
    if not cell.is_open:
        raise Refused(str(cell.note) or _("This cell is closed and cannot be changed."))
    return replace(change, value=store.check(change))


def _has_changed(cell: Cell, change: Change) -> bool:
    """Whether the writer saw another version, or another value under a counter that began again."""
    return change.version != cell.version or change.seen not in (None, cell.value)


def _conflict(change: Change, cell: Cell, store: CellStore) -> Conflict:
    said = {"name": cell.by, "value": store.column(change.column).shown(cell.value) or _("empty")}
    if cell.by:
        message = _("%(name)s has changed this meanwhile: %(value)s is saved.") % said
    else:
        message = _("Somebody else has changed this meanwhile: %(value)s is saved.") % said
    return Conflict(*change.key, version=_version(cell), value=cell.value, message=message)


def _written(changes: Sequence[Change], store: CellStore, by: Any) -> list[Saved]:
    versions = store.write(changes, by=by) or {}
    saved = [(change, versions.get(change.key, version_of(change.value))) for change in changes]
    return [Saved(*change.key, version=version, value=change.value) for change, version in saved]


def _shown(key: Key, cell: Cell, store: CellStore) -> dict[str, Any]:
    column = store.column(key.column)
    return {
        **key._asdict(),
        "version": cell.version,
        "value": cell.value,
        "text": column.shown(cell.value),
        "note": "" if cell.is_quiet else str(cell.note),
        "state": cell.state,
    }


def _version(cell: Cell) -> int:
    return version_of(cell.value) if cell.version is None else cell.version
