"""Asking our own web server, as a browser would."""

import re
import urllib.error
import urllib.request

# No proxy stands between us and this machine, whatever HTTP_PROXY says.
browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def page(address: str) -> str:
    """Return the page; raises OSError when it does not answer with 200."""
    with browser.open(address, timeout=20) as answer:
        return str(answer.read().decode())


def answers(address: str) -> bool:
    try:
        page(address)
    except OSError:
        return False
    return True


def stylesheet_in(html: str) -> str | None:
    """Return the path of the first stylesheet that the page links to."""
    found = re.search(r'href="(/[^"]+\.css)"', html)
    return found.group(1) if found else None
