"""What a page with a grid loads, and every word that its scripts say."""

from django.templatetags.static import static
from django.utils.translation import gettext as _
from js_asset import Media, Script

from core import reading, scripts

# By these names the modules import each other, so that each is loaded once, under its hashed address.
_MODULES = scripts.shared() | scripts.modules(
    "grid",
    "cells clipboard columns editing formulas grid history keys looks messages numbers reading saving selection"
    " tsv words",
)


def media() -> Media:
    """Return the grid's scripts and import map; its styles are in css/grid.css."""
    return Media(importmap=_MODULES, js=[Script("js/grid/index.js", type="module")])


def words() -> dict[str, str]:
    """Return what the scripts say, by key; `%(name)s` is filled in there."""
    reasons = {f"reason.{reason}": str(sentence) for reason, sentence in reading.REASONS.items()}
    return {"icons": static("icons.svg")} | reasons | _saving() | _moving() | _editing()


def _saving():
    return {
        "saving": _("Saving …"),
        "saved": _("Saved %(time)s"),
        "savedSome": _("%(saved)s saved, %(wrong)s to put right. %(where)s: %(message)s"),
        "offline": _(
            "Not saved: no connection. Nothing is lost; another try follows. Do not close the page."
        ),
        "failed": _("Not saved. Nothing is lost; another try follows. Do not close the page."),
        "loggedOut": _(
            "Not saved: you are logged out. Log in again in another tab and leave this page open."
        ),
        "logIn": _("Log in in a new tab"),
        "tryNow": _("Try again now"),
        "refused": _("Not saved: %(message)s"),
        "keepMine": _("Keep mine: %(value)s"),
        "takeTheirs": _("Take what is saved: %(value)s"),
    }


def _moving():
    return {
        "where": _("%(row)s, %(column)s"),
        "locked": _("This cell cannot be changed here."),
        "computed": _("This cell is computed and cannot be changed."),
        "leave": _("Tab leaves the table now."),
        "partial": _("without what is to put right"),
    }


def _editing():
    return {
        "chooseOne": _("Choose one of: %(options)s."),
        "tooLong": _("Write at most %(most)s characters."),
        "pasted": _("%(changed)s cells changed."),
        "skipped": _("%(skipped)s skipped, since they are locked or outside."),
        "wrong": _("%(wrong)s to put right."),
        "undone": _("Undone: %(count)s cells."),
        "redone": _("Done again: %(count)s cells."),
        "nothingToUndo": _("There is nothing to undo."),
        "empty": _("empty"),
        "done": _("Done"),
        "cancel": _("Cancel"),
    }
