"""Modules that scripts of several pages share, by the names under which they import them."""

from js_asset import ImportMap


def modules(folder: str, names: str) -> ImportMap:
    """Return an import map for the scripts in a folder of static/js, each under its hashed address."""
    return ImportMap({f"{folder}/{name}": f"js/{folder}/{name}.js" for name in sorted(names.split())})


def shared() -> ImportMap:
    """Return the import map of what is nobody's own."""
    return modules("shared", "elements token words")
