import json

import pytest

from core import blocks
from core.registry import NotRegistered
from tests.factories import DocumentFactory

DOCUMENTS = [
    "register.action_follow_up",
    "register.action_plan",
    "register.basis",
    "register.proposal",
    "register.recipients",
    "register.signers",
]


def test_these_blocks_can_stand_in_a_document():
    offered = [name for name, block in blocks.blocks.items() if block.subject == "register.document"]

    assert offered == DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_blocks_data_is_json_and_its_template_takes_it(db, name):
    document = DocumentFactory(clauses=["godkänna planen"])

    data = blocks.blocks[name].data(document, {}, "staff")

    assert json.loads(json.dumps(data)) == data
    assert "<script" not in blocks.html(name, data)


def test_what_is_typed_into_a_clause_stays_text(db):
    document = DocumentFactory(clauses=["<script>alert(1)</script> & så vidare"])

    html = blocks.html("register.proposal", blocks.blocks["register.proposal"].data(document, {}, "staff"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; så vidare" in html


def test_a_block_that_nobody_offers_is_an_error_of_ours():
    with pytest.raises(NotRegistered):
        blocks.html("no.such_block", {})
