"""The process that renders, and may die of it: HTML in, a PDF out.

Run as `python -m reports.pdf.renderer BYTES PIPE`, see `reports.pdf.serving`.
"""

from contextlib import suppress

from reports.pdf.errors import RenderError
from reports.pdf.render import render
from reports.pdf.serving import serve

# A page that needs what parts need: both styles in both weights, hyphenation, a table, a link.
SPECIMEN = """\
<!DOCTYPE html><html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1>
<p>Kommunstyrelseförvaltningens <b>verksamhetsberättelse</b> <i>hör <b>hit</b></i>, <a href="https://a.example">se</a>,
men kommunstyrelseförvaltningens internkontrollplaner avstämningsprotokollförs.</p>
<table><thead><tr><th>Post</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></body></html>"""


def answer(html: bytes) -> bytes:
    return render(html.decode("utf-8"))


def warm_up() -> None:
    """Make what is made once: fonts, stylesheet, hyphenation.

    A machine on which no page can be made says so to whoever asks for one.
    """
    with suppress(RenderError):
        render(SPECIMEN)


if __name__ == "__main__":
    serve(answer, make_ready=warm_up)
