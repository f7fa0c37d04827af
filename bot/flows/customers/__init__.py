"""Conversations about a seller's own customers: putting two entries of one person together.

Pure: may import core, company and the shared modules of flows. Begin with `merge_customers.py`.
"""

from bot.flows.customers import (
    contact_file,
    customer_add,
    customer_edit,
    customer_forget,
    customers,
    merge_customers,
)

__all__ = ["FLOWS"]

FLOWS = (
    contact_file.SPEC,
    customers.SPEC,
    customer_edit.SPEC,
    customer_add.SPEC,
    customer_forget.SPEC,
    merge_customers.SPEC,
)
