"""A seller's own customers: putting two entries of one person together.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `merge_customers.py`.
"""

from bot.flows.customers import FLOWS
from bot.services.customers import (
    contact_files,
    customer_add,
    customer_cards,
    customer_edit,
    customer_files,
    customer_forget,
    merge_customers,
)

LOOKUPS = {
    **contact_files.LOOKUPS,
    **customer_cards.LOOKUPS,
    **customer_edit.LOOKUPS,
    **merge_customers.LOOKUPS,
}

ACTIONS = {
    **contact_files.ACTIONS,
    **customer_add.ACTIONS,
    **customer_edit.ACTIONS,
    **customer_files.ACTIONS,
    **customer_forget.ACTIONS,
    **merge_customers.ACTIONS,
}

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]
