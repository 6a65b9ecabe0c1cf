"""In a paper for everybody what is masked is not there at all: not in data, not in HTML, not in any byte."""

import io
import json

import pikepdf
import pytest

from reports.composing import composers
from reports.services import make
from tests.secrecy.crawling import pdf_text
from tests.secrecy.worlds import MASKED, SECRETS

KINDS = [("handlingar", "meeting"), ("document", "report")]


def composed(world, kind, subject, audience):
    """Return all that a paper is made of: data, furniture and HTML of every part."""
    composition = composers[kind].compose(getattr(world, subject), audience)
    return "\n".join(
        [
            composition.title,
            *(
                json.dumps([part.title, part.data, part.furniture], ensure_ascii=False)
                for part in composition.parts
            ),
            *(part.body() for part in composition.parts),
        ]
    )


def laid_bare(content: bytes) -> bytes:
    """Return a PDF with every stream decompressed and every object readable."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            target,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            qdf=True,
        )
    return target.getvalue()


def spellings(word: str) -> list[bytes]:
    """Return a word as it may stand in a PDF: as text, in UTF-16, and that in hexadecimal."""
    utf16 = word.encode("utf-16-be")
    return [word.encode(), word.encode("latin-1"), utf16, utf16.hex().encode(), utf16.hex().upper().encode()]


@pytest.mark.parametrize(("kind", "subject"), KINDS)
def test_masked_words_values_and_notes_are_in_the_members_paper_and_not_in_the_publics(kind, subject, world):
    members, public = (composed(world, kind, subject, audience) for audience in ("members", "public"))

    assert [word in members for word in MASKED] == [True, True, True]
    assert [word in public for word in MASKED] == [False, False, False]


def test_a_masked_value_is_left_out_though_an_open_one_is_of_the_same_kind(world):
    part = composers["document"].compose(world.report, "public").parts[0]

    (matter,) = [section for section in part.data["sections"] if section["key"] == "matter"]
    assert [(figure["args"]["key"], figure["text"]) for figure in matter["figures"]] == [("open", "7")]


def test_a_reader_of_the_public_paper_sees_that_something_is_masked(world):
    body = composers["document"].compose(world.report, "public").parts[0].body()

    assert body.count('class="masked"') == 1


@pytest.mark.parametrize(("kind", "subject"), KINDS)
def test_no_byte_of_the_public_file_holds_a_masked_word(kind, subject, world):
    files = {audience: content(world, kind, subject, audience) for audience in ("members", "public")}

    texts = {audience: pdf_text(file) for audience, file in files.items()}
    assert [
        word in texts["members"].replace(" ", "\u00a0") or word in texts["members"] for word in MASKED
    ] == [True] * 3
    assert [word for word in MASKED if word in texts["public"]] == []
    bare = laid_bare(files["public"])
    assert [word for word in MASKED for spelled in spellings(word) if spelled in bare] == []


def content(world, kind, subject, audience):
    with make(getattr(world, subject), kind, audience).file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize("audience", ["members", "public"])
@pytest.mark.parametrize("kind", ["kallelse", "handlingar"])
def test_no_file_for_members_or_everybody_holds_a_secret(kind, audience, world):
    file = content(world, kind, "meeting", audience)

    text, bare = pdf_text(file).lower(), laid_bare(file)
    assert [word for word in SECRETS if word.lower() in text] == []
    assert [word for word in SECRETS for spelled in spellings(word) if spelled in bare] == []
    assert [
        word for word in SECRETS if word.lower() in composed(world, kind, "meeting", audience).lower()
    ] == []


def test_titles_in_the_outline_are_found_by_the_spellings_above(world):
    """Else the search for secrets in the bytes would prove nothing."""
    bare = laid_bare(content(world, "handlingar", "meeting", "members"))

    assert any(spelled in bare for spelled in spellings("Internkontrollplan"))
