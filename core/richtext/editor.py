"""What the editor can do. Settings import this, so it may not need loaded apps."""

from js_asset import static_lazy

from core.richtext.schema import no_html, span

# A key is the name under which an ES module exports the extension.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "openOnClick": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "FigureRef": True,
    "Reference": True,
    "Footnote": True,
    "Mask": True,
    "WordPaste": True,
    "Near": True,
    "Toolbar": True,
    # The library's own menu has no accessible names and cannot be translated.
    "Menu": False,
    "NoSpellCheck": False,
}

EXTENSION_MODULES = [
    {
        "js": [static_lazy("js/richtext/index.js")],
        "extensions": {
            "FigureRef": span("data-figure", "data-args", "data-own"),
            "Reference": span("data-reference", "data-paragraph", "data-date"),
            "Footnote": span("data-footnote"),
            "Mask": span("data-mask"),
            "WordPaste": no_html,
            "Near": no_html,
            "Toolbar": no_html,
        },
    }
]
