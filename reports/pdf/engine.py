"""What shapes a page besides its HTML. Read without loading WeasyPrint, so that a worker stays small."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reports.pdf.typeface import ITALIC, UPRIGHT

VARIANT = "pdf/a-3a"
PRINT_DIR = Path(__file__).resolve().parents[2] / "static" / "print"
STYLES = (
    "pages",
    "text",
    "tables",
    "pieces",
    "letterheads",
)  # in the order in which they overrule each other
MODULES = (
    "render.py",
    "finish.py",
    "pictures.py",
    "typeface.py",
    "addresses.py",
    "part_rules.py",
    "marks.py",
    "roles.py",
    "sizes.py",
    "subject.py",
)


@cache
def engine_fingerprint() -> str:
    """Return the hash of style, typeface, WeasyPrint and variant: a part's key holds it."""
    digest = hashlib.sha256(f"{version('weasyprint')} {version('pypdfium2')} {VARIANT}".encode())
    ours = [Path(__file__).with_name(name) for name in MODULES]
    digest.update(style().encode())
    for path in (UPRIGHT, ITALIC, *ours):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def style() -> str:
    """Return the style rules of all paper, without its typeface."""
    return "\n".join((PRINT_DIR / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
