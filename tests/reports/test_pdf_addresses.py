"""A part prints what is in its HTML and what is ours: every other address stops it, and is named."""

import pytest

from reports.pdf import render

FORBIDDEN = {
    "picture from the web": '<img alt="x" src="http://example.org/x.png">',
    "file of the machine": '<img alt="x" src="file:///etc/passwd">',
    "way out of our folder": f'<img alt="x" src="{render.PRINT_DIR.as_uri()}/../../manage.py">',
    "encoded way out": f'<img alt="x" src="{render.PRINT_DIR.as_uri()}/%2e%2e/%2e%2e/manage.py">',
    "another machine's file": f'<img alt="x" src="file://example.org{render.PRINT_DIR}/text.css">',
    "picture inside a drawing": '<svg width="9" height="9"><title>x</title><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    "style from the web": '<style>@import "https://example.org/x.css";</style>',
    "background": '<p style="background: url(https://example.org/x.png)">x</p>',
    "attached file": '<link rel="attachment" href="file:///etc/passwd">',
    "other scheme": '<img alt="x" src="ftp://example.org/x.png">',
    "no scheme": '<img alt="x" src="x.png">',
    "another host": '<img alt="x" src="//example.org/x.png">',
    "a page for a picture": '<img alt="x" src="data:text/html,hej">',
    "a picture that is none": '<img alt="x" src="data:image/png;base64,AAAA">',
    "another drawing's parts": '<svg width="9" height="9"><title>x</title><use href="other.svg#a"/></svg>',
    "background without a scheme": '<p style="background: url(x.png)">x</p>',
    "style without a scheme": '<style>@import "x.css";</style>',
    "object": '<object data="x.svg">x</object>',
}


@pytest.mark.parametrize("body", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_an_address_outside_of_our_print_files_stops_the_part(body):
    with pytest.raises(render.AddressRefused):
        render.render(f'<html lang="sv"><title>x</title><body><h1>x</h1>{body}</body></html>')


def test_the_refusal_names_the_address():
    with pytest.raises(render.AddressRefused, match="file:///etc/passwd"):
        render.render('<html lang="sv"><title>x</title><h1>x</h1><img alt="x" src="file:///etc/passwd">')


def test_the_refusal_of_a_whole_picture_names_its_beginning():
    with pytest.raises(render.AddressRefused, match=r"data:image/png;base64,A{58}…$"):
        render.render(
            f'<html lang="sv"><title>x</title><h1>x</h1><img alt="x" src="data:image/png;base64,{"A" * 999}">'
        )
