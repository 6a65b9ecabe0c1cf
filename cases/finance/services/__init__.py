from cases.finance.services.amounts import NewAmount, NewValue, Recorded, record_amounts, record_values
from cases.finance.services.around import free_table_key, keep, keep_free_table, remove
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
    "free_table_key",
    "keep",
    "keep_free_table",
    "lay_out",
    "open_budget",
    "open_period",
    "record_amounts",
    "record_values",
    "remove",
    "set_frame",
]
