from cases.finance.services.amounts import NewAmount, NewValue, Recorded, record_amounts, record_values
from cases.finance.services.around import keep, keep_free_table, key_of, remove
from cases.finance.services.budgets import adopt_budget, begin_budget, set_frame
from cases.finance.services.locking import Locked, open_budget, open_period
from cases.finance.services.standard import lay_out

__all__ = [
    "Locked",
    "NewAmount",
    "NewValue",
    "Recorded",
    "adopt_budget",
    "begin_budget",
    "keep",
    "keep_free_table",
    "key_of",
    "lay_out",
    "open_budget",
    "open_period",
    "record_amounts",
    "record_values",
    "remove",
    "set_frame",
]
