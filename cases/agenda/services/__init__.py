from cases.agenda.services.calling import call, mail_summons, people_to_call
from cases.agenda.services.items import (
    add_item,
    change_item,
    order_items,
    remove_item,
    withdraw_item,
    word_chairs_proposal,
)

__all__ = [
    "add_item",
    "call",
    "change_item",
    "mail_summons",
    "order_items",
    "people_to_call",
    "remove_item",
    "withdraw_item",
    "word_chairs_proposal",
]
