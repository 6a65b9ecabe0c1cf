"""What a page needs to have editors, now or later by htmx."""

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django_prose_editor.widgets import importmap, prose_editor_js, prose_editor_media
from js_asset import Media

from core import scripts
from core.formats import number
from core.richtext.fields import MOST_CHARACTERS

# By these names the modules import each other, so that each is loaded once, under its hashed address.
_MODULES = scripts.shared() | scripts.modules(
    "richtext",
    "answers args ask autosave chips dialogs dom editors index kept labels mask near outline own paste pasted pasted_lists pasted_notes"
    " pasted_tables pasted_word picker room takeover toolbar tools",
)


def editor_media() -> Media:
    """Return the editor's scripts and import map; its styles are ours, in css/richtext.css."""
    base = Media(importmap=importmap | _MODULES, js=[prose_editor_js])
    return prose_editor_media(base=base, preset="configurable")


def editor_labels() -> dict[str, str]:
    """Return every word that the editor's scripts show."""
    return {"icons": static("icons.svg")} | _tools() | _tables() | _picker() | _aids() | _autosave()


def _tools():
    return {
        "toolbar": _("Formatting: %(label)s"),
        "keys": _(
            "Alt F10 leads to the tools above. In a table Tab goes from cell to cell and Escape leads out."
        ),
        "shortcut": _("%(tool)s (%(keys)s)"),
        "control": _("Ctrl"),
        "heading": _("Heading"),
        "subheading": _("Subheading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "link": _("Link"),
        "bulletList": _("Bullets"),
        "orderedList": _("Numbers"),
        "indent": _("Further in"),
        "outdent": _("Further out"),
        "table": _("Table"),
        "figure": _("Insert value"),
        "reference": _("Reference"),
        "footnote": _("Note"),
        "mask": _("Mask"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "badLink": _("Write a web address, such as https://example.org, or an e-mail address."),
    }


def _tables():
    return {
        "rowBefore": _("Row above"),
        "rowAfter": _("Row below"),
        "columnBefore": _("Column before"),
        "columnAfter": _("Column after"),
        "headerRow": _("Header row"),
        "headerColumn": _("Header column"),
        "mergeCells": _("Merge or split"),
        "deleteRow": _("Remove row"),
        "deleteColumn": _("Remove column"),
        "deleteTable": _("Remove table"),
    }


def _picker():
    return {
        "loadingFigures": _("Fetching the values …"),
        "figuresFailed": _("The values could not be fetched."),
        "figuresFound": _("Values to choose from: %(count)s"),
        "noFigures": _("No value has such a name."),
        "noValue": _("no value yet"),
    }


def _aids():
    return {
        "nearTitle": _("The register says %(text)s – link?"),
        "nearTyped": _("In the text stands “%(typed)s”. Which value is meant?"),
        "nearDiffers": _("%(typed)s – the register says %(text)s. Link?"),
        "nearAgrees": _("%(typed)s – is in the register. Link?"),
        "nearFound": _("Numbers in the text that the register knows: %(count)s"),
        "own": _("written by hand"),
        "ownDiffers": _("written by hand – the register says %(text)s"),
        "registerSays": _("The register says: %(text)s"),
        "takenOver": _("Taken over, with the values of this period."),
    }


def _autosave():
    return {
        "saved": _("Saved %(time)s"),
        "draftKept": _("Draft kept %(time)s."),
        "notSaved": _("Not saved. The text is still here; another try follows."),
        "offline": _(
            "Not saved: no connection. The text is still here; it is saved when the connection is back."
        ),
        "loggedOut": _("Not saved: you are logged out. The text is still here. Log in again in another tab."),
        "tooLarge": _(
            "Not saved: the text is far too long. A section holds at most %(most)s characters. Nothing is lost;"
            " divide it or take something out."
        )
        % {"most": number(MOST_CHARACTERS)},
        "refused": _("Not saved: the server did not accept the text. The text is still here."),
        "conflict": _("Not saved: somebody else has changed this text meanwhile. Yours is still here."),
        "compare": _("Compare the two"),
        "notKept": _("Do not close this page: there is no room to keep the text here."),
        "keptTitle": _("Unsaved text"),
        "kept": _("There is text from %(time)s that was never saved."),
        "restore": _("Take it back"),
        "discard": _("Throw it away"),
    }
