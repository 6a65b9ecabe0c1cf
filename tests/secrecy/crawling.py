"""Reading everything that somebody can reach, as a browser would: links, files, search, tray."""

import re
from html import unescape
from io import BytesIO

from openpyxl import load_workbook

from core.sheets import MIME
from tests.papers import texts_of

LINK = re.compile(r'(?:href|src|hx-get|data-[a-z-]*url)="(/[^"#]*)')
HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ELSEWHERE = ("/static/", "/accounts/")


def pdf_text(content: bytes) -> str:
    return "\n".join(texts_of(content))


def workbook_text(content: bytes) -> str:
    rows = (row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True))
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)


WORDS_OF = {"application/pdf": pdf_text, MIME["xlsx"]: workbook_text}


def content_of(response) -> str:
    """Return all that a response holds: HTML with its attributes, or the words of a PDF or a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    read = WORDS_OF.get(response.headers["Content-Type"], lambda text: unescape(text.decode()))
    return read(content)


def visible(html: str) -> str:
    """Return the words that a reader sees."""
    return " ".join(TAG.sub(" ", HIDDEN.sub(" ", html)).split())


def visits(browser, *more: str):
    """Yield address, response and content of every page and file that can be reached from the start page.

    Every link must lead somewhere: what is shown to somebody can be opened by them.
    """
    waiting, seen = ["/", "/jobs/tray/", "/search/", "/cases/?show=mine", "/cases/?show=closed", *more], set()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(ELSEWHERE):
            continue
        seen.add(address)
        response = browser.get(address, follow=True)
        assert response.status_code in {200, 405}, f"{address} answers {response.status_code}"
        content = content_of(response)
        waiting += LINK.findall(content)
        yield address, response, content


def crawl(browser, *more: str) -> dict[str, str]:
    """Return what everything holds that can be reached, by address."""
    return {address: content for address, _response, content in visits(browser, *more)}


def searches(*words: str) -> list[str]:
    """Return the addresses that ask for the words, in both ways of searching and in the register."""
    ways = ("/search/?q={}", "/search/suggest/?q={}", "/cases/?q={}")
    return [way.format(word) for word in words for way in ways]
