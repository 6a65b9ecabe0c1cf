import pytest

from cases.register.preflight import excerpt


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Så görs uppföljningen\nUppföljningen går till 2023-06-20.",
            "Så görs uppföljningen – Uppföljningen går till",
        ),
        ("En mening.\nEn till om 2023-06-20.", "En mening. En till om"),
        ("Detta gäller:\nboende 2023-06-20", "Detta gäller: boende"),
    ],
)
def test_a_heading_and_what_follows_it_do_not_run_together(text, shown):
    start = text.index("2023")

    assert excerpt(text, start, start + 10).startswith(f"{shown} 2023-06-20")
