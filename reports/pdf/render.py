"""HTML to tagged PDF, one part at a time. The only module that knows WeasyPrint."""

import atexit
import hashlib
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import weasyprint
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.memory import collector_paused
from reports.pdf.addresses import named, refused_in
from reports.pdf.engine import PRINT_DIR, VARIANT, style
from reports.pdf.errors import AddressRefused, LettersRefused, NoSystemFont
from reports.pdf.finish import NOWHERE, LettersMissing, finish
from reports.pdf.typeface import FONT_DIR, font_faces

logger = logging.getLogger(__name__)

STAND_IN = "□"
OWN_KINDS = ("image/", "font/")  # of what may stand in the HTML or style itself

# WeasyPrint makes the weights it needs with fontTools, which writes the hour into them unless told otherwise.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# WeasyPrint promises nothing about threads, and the garbage collector is the whole process's.
_one_at_a_time = threading.Lock()


class OwnFilesOnly(URLFetcher):
    """Fetches what lies in our print and font folders, and pictures of data: addresses; refuses and remembers the rest.

    It remembers because WeasyPrint goes on without a picture it was refused, inside an SVG whatever we raise.
    """

    def __init__(self) -> None:
        super().__init__(allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not self._is_ours(urlsplit(url)):
            self.refused.append(url)
            raise AddressRefused(url)
        return super().fetch(url, headers)

    @staticmethod
    def _is_ours(address: SplitResult) -> bool:
        if address.scheme != "file":
            return address.scheme == "data" and address.path.lower().startswith(OWN_KINDS)
        real = Path(unquote(address.path)).resolve()
        return not address.netloc and any(real.is_relative_to(folder) for folder in (PRINT_DIR, FONT_DIR))


@dataclass(frozen=True, slots=True)
class Press:
    """What is dear to make and the same for every part."""

    fonts: FontConfiguration
    stylesheet: weasyprint.CSS


@cache
def press() -> Press:
    """Return this process's press, set up by the first part it prints."""
    fonts = FontConfiguration()
    if not fontconfig.FcConfigGetFonts(fonts._config, fontconfig.FcSetSystem).nfont:
        raise NoSystemFont(
            "No font is installed on this machine: install one, such as the package fonts-dejavu-core."
        )
    stylesheet = weasyprint.CSS(
        string=font_faces() + style(),
        base_url=PRINT_DIR.as_uri() + "/",
        font_config=fonts,
        url_fetcher=OwnFilesOnly(),
    )
    return Press(fonts, stylesheet)


def _leave_press_to_parent() -> None:
    """Forget the press in a child made by fork, but leave its font files, which go with it, to the parent."""
    if press.cache_info().currsize:
        press().fonts._folder = None
    press.cache_clear()


# A child made by fork must not print with its parent's Pango objects, and an interpreter that shuts down takes
# them apart in an order that ends in a segmentation fault.
os.register_at_fork(after_in_child=_leave_press_to_parent)
atexit.register(press.cache_clear)


def render(html: str, *, variant: str = VARIANT) -> bytes:
    """Return one part, a complete HTML document, as a tagged PDF; the same HTML gives the same bytes.

    Links to other parts are written `href="xref:KEY"` or `href="xref:KEY#ID"`; `assemble` resolves them and
    adds what only a finished file has: its identification as PDF/A and PDF/UA, and its page numbers. Letters
    that no font here has are printed as □, which the part notes for its inspection. Raises RenderError:
    AddressRefused when the HTML asks for anything but our print files and pictures inside of it.
    """
    try:
        return _render(html, variant)
    except LettersMissing as missing:
        logger.warning("no font here has %s", missing)
        html = html.translate(dict.fromkeys(map(ord, missing.letters), STAND_IN))
        pages = missing.pages
    try:
        return _render(html, variant, missing=pages)
    except LettersMissing as missing:
        raise LettersRefused(str(missing)) from missing  # the text writes them as numbers


def _render(html: str, variant: str, *, missing: Mapping[int, str] = NOWHERE) -> bytes:
    fetcher = OwnFilesOnly()
    name = hashlib.sha256(html.encode()).hexdigest()[:8]
    pictures: dict[str, Any] = {}
    with _one_at_a_time, collector_paused():
        tools = press()
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        fetcher.refused += refused_in(document.etree_element)
        pdf = document.write_pdf(
            stylesheets=[tools.stylesheet],
            font_config=tools.fonts,
            pdf_variant=variant,
            pdf_identifier=False,  # the finished file gets one: to count it here is to write everything twice
            cache=pictures,
            finisher=partial(finish, name=name, missing=missing),
        )
    fetcher.refused += (address for address, picture in pictures.items() if picture is None)
    if fetcher.refused:
        raise AddressRefused(named(fetcher.refused))
    return pdf
