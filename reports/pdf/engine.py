"""What shapes a page besides its HTML. Read without loading WeasyPrint, so that a worker stays small."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reports.pdf.typeface import ITALIC, UPRIGHT

VARIANT = "pdf/a-3a"
PRINT_DIR = Path(__file__).resolve().parents[2] / "static" / "print"
MODULES = ("render.py", "finish.py", "typeface.py", "inspect.py")


@cache
def engine_fingerprint() -> str:
    """Return the hash of style, typeface, WeasyPrint and variant: a part's key holds it."""
    digest = hashlib.sha256(f"{version('weasyprint')} {version('pypdfium2')} {VARIANT}".encode())
    ours = [Path(__file__).with_name(name) for name in MODULES]
    for path in (PRINT_DIR / "print.css", UPRIGHT, ITALIC, *ours):
        digest.update(path.read_bytes())
    return digest.hexdigest()
