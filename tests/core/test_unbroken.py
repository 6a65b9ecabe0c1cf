import pytest

from core.unbroken import unbroken


@pytest.mark.parametrize(
    "whole",
    ["2022-10-10", "SN/2023:00183", "SN2023/158", "KS 2023/14", "KS\u00a02023/14", "ÄN/2022:1", "HR-chef"],
)
def test_dates_registry_numbers_and_short_compounds_are_not_divided(whole):
    assert unbroken(f"<p>Se {whole}, sid. 2</p>") == f'<p>Se <span class="nowrap">{whole}</span>, sid. 2</p>'


@pytest.mark.parametrize(
    "text", ["0123-45 60 00", "900101-2385", "2022-10", "2024-2027", "Utfall 2022/23", "12022-10-100"]
)
def test_other_numbers_are_left_alone(text):
    assert unbroken(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x/2022-10-10" title="SN/2023:00183">här</a>',
        "<title>SN/2023:00183</title>",
        "<textarea><p>SN/2023:00183</p></textarea>",
        "<svg><title>2022-10-10</title><text>2022-10-10</text></svg>",
        "<select><option>2022-10-10</option></select>",
    ],
)
def test_what_may_hold_no_html_is_left_as_it_is(html):
    assert unbroken(html) == html


def test_words_after_what_is_left_alone_are_kept_together_again():
    assert unbroken("<svg></svg>2022-10-10") == '<svg></svg><span class="nowrap">2022-10-10</span>'
