"""Whatever text arrives, a transform answers, does no harm, and has nothing to add when done again."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.richtext.clean import Tangled, parse, sanitise
from core.richtext.paper import for_paper
from core.richtext.plain import plain_text
from core.richtext.public import public_copy
from core.richtext.references import FigureRef, figure_refs, fill
from core.richtext.shape import names
from core.richtext.tree import write

NAMES = sorted(
    names(
        "p h2 h3 h4 strong em b a span ul ol li table tbody thead tr td th br div button section sup select option form"
        " svg math foreignObject style script textarea title mtext template noscript caption col font nobr applet"
    )
)
ATTRIBUTES = [
    *(
        "",
        " data-mask",
        ' data-mask="26:1"',
        ' data-figure="a.b"',
        " data-footnote",
        ' href="https://x.example"',
    ),
    *(
        " href=javascript:x()",
        " onclick=x()",
        ' style="x"',
        " data-args='{\"a\":1}'",
        ' data-mask data-figure="a.b"',
    ),
    *(' colspan="9" rowspan=2', ' class="masked"', ' data-args="{', " id=fn-1"),
]
WORDS = [
    "x",
    "hemligt ",
    " ",
    "\n",
    "\u00a0",
    "&lt;",
    "&amp",
    "&#11;",
    "\x0b",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
]

starts = st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES))
ends = st.builds("</{}>".format, st.sampled_from(NAMES))
soup = st.lists(starts | ends | st.sampled_from(WORDS), max_size=25).map("".join)
anything = soup | st.text(max_size=80)

VALUES = {FigureRef("a.b"): "<em>sju</em><p>8</p>", FigureRef("a.b", (("a", 1),)): None}
TRANSFORMS = {
    "public copy": public_copy,
    "values": lambda html: fill(html, VALUES),
    "paper": lambda html: for_paper(html, heading_shift=1),
    "parse": lambda html: write(parse(html)),
}

hostile = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=TRANSFORMS)
@hostile
@given(html=anything)
@example(html="x<strong><ul>")
@example(html="<h2><strong><h2>")
def test_a_transform_has_nothing_to_add_the_second_time(transform, html):
    once = transform(html)

    assert transform(once) == once


@hostile
@given(html=anything)
def test_what_is_stored_is_stored_the_same_the_next_time(html):
    try:
        stored = sanitise(html)
    except Tangled:
        return

    assert sanitise(stored) == stored


@hostile
@given(html=anything)
def test_nothing_that_runs_comes_through(html):
    for result in [transform(html) for transform in TRANSFORMS.values()]:
        for tag, attributes in tags_of(result):
            assert tag not in {"script", "style", "svg", "iframe", "form", "template"}
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert not (attributes.get("href") or "").startswith("javascript")


@hostile
@given(before=soup, inside=soup, after=soup)
def test_what_stands_in_a_mask_of_a_stored_text_is_never_public(before, inside, after):
    stored = as_editor_would(before, inside, after)

    for text in [
        public_copy(stored),
        plain_text(stored),
        plain_text(for_paper(stored)),
        public_copy(for_paper(stored)),
    ]:
        assert masked_words(stored).isdisjoint(text.split())


@hostile
@given(html=anything)
def test_the_values_of_a_text_can_always_be_counted(html):
    assert len(figure_refs(html)) == len(parse(html).find("data-figure"))


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>" * 70_000,
        "<ul><table><tr><td></ul></table>" * 18_000,
        "<ul><i \"></ul><b '></ul>" * 18_000,
        "<ul><!-- </ul> -->" * 30_000,
        "<ul><textarea></ul></textarea>" * 20_000,
        "<p>" + "".join(f"<strong a={n}>" for n in range(600)) + "<p>x" * 600,
        "<a x='" * 80_000,
        "<a " * 200_000,
        "<!-" * 200_000,
        "<" * 600_000,
        "<span data-mask>" * 40_000,
    ],
    ids=lambda html: html[:20],
)
def test_no_text_keeps_a_server_busy(html):
    began = time.process_time()

    public_copy(html)

    assert time.process_time() - began < 10


def as_editor_would(before, inside, after):
    """Return a stored text with a secret in it, the word of which is nowhere else."""
    try:
        return sanitise(f'{before}<p>öppet <span data-mask="">hemlis {inside}</span></p>{after}')
    except Tangled:
        return ""


def masked_words(html):
    masks = parse(html).find("data-mask")
    return {word for mask in masks for word in mask.text.split() if word == "hemlis"}


def tags_of(html):
    found = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    Tags().feed(html)
    return found
