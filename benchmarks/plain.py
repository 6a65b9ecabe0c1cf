"""What every other program does: the whole content in one WeasyPrint run. `python -m benchmarks.plain HTML PDF`.

It runs in a process of its own without Django, and prints seconds, peak memory (KiB) and pages as JSON. The clock
starts when everything is imported, and stops when the file is written.
"""

import json
import logging
import sys
import time
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from benchmarks.memory import peak_of_self
from reports.pdf.engine import PRINT_DIR, VARIANT, style
from reports.pdf.typeface import font_faces


def write(html: Path, target: Path) -> int:
    """Return the number of pages."""
    fonts = FontConfiguration()
    stylesheet = weasyprint.CSS(
        string=font_faces() + style(),
        base_url=PRINT_DIR.as_uri() + "/",
        font_config=fonts,
    )
    text = html.read_text(encoding="utf-8")
    document = weasyprint.HTML(string=text).render(
        stylesheets=[stylesheet], font_config=fonts, pdf_variant=VARIANT
    )
    document.write_pdf(target, pdf_variant=VARIANT)
    return len(document.pages)


def main(html: str, target: str) -> None:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    started = time.perf_counter()
    pages = write(Path(html), Path(target))
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak": peak_of_self(), "pages": pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
