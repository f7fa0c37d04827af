"""A seller's own customers: putting two entries of one person together.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `merge_customers.py`.
"""

from bot.flows.customers import FLOWS
from bot.services.customers.merge_customers import ACTIONS, LOOKUPS

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]
