"""The process that renders, and may die of it: HTML in, PDF or an error out, until nobody asks any more.

Run as `python -m reports.pdf.child BYTES`, the most memory it may address.
"""

import os
import resource
import sys
from contextlib import suppress

from reports.pdf.errors import RenderError
from reports.pdf.frames import PDF, REFUSED, read_frame, write_frame
from reports.pdf.render import render

# A page that needs what parts need: both styles in both weights, hyphenation, a table, a link.
SPECIMEN = """\
<!DOCTYPE html><html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1>
<p>Kommunstyrelseförvaltningens <b>verksamhetsberättelse</b> <i>hör <b>hit</b></i>, <a href="https://a.example">se</a>,
men kommunstyrelseförvaltningens internkontrollplaner avstämningsprotokollförs.</p>
<table><thead><tr><th>Post</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></body></html>"""


def answer(html: str) -> bytes:
    """Return the PDF, or the name and words of what was wrong with the HTML."""
    try:
        return PDF + render(html)
    except RenderError as error:
        return REFUSED + f"{type(error).__name__}\x1f{error}".encode()


def warm_up() -> None:
    """Make what is made once (fonts, stylesheet, hyphenation) before anybody waits for it.

    A machine on which no page can be made says so to whoever asks for one.
    """
    with suppress(RenderError):
        render(SPECIMEN)


def serve(most_memory: int) -> None:
    """Answer until the worker is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    # Whatever a library prints goes to the log, not into an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    warm_up()
    while (html := read_frame(sys.stdin.buffer)) is not None:
        write_frame(answers, answer(html.decode("utf-8")))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
