"""Conversations about a seller's own customers: putting two entries of one person together.

Pure: may import core, company and the shared modules of flows. Begin with `merge_customers.py`.
"""

from bot.flows.customers import merge_customers

__all__ = ["FLOWS"]

FLOWS = (merge_customers.SPEC,)
