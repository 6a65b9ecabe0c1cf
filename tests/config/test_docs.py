"""What the documentation says of the code is so."""

from pathlib import Path

from tests.demo import said

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_workflows_is_what_the_code_prints():
    assert (DOCS / "workflows.md").read_text() == said("workflows")
