"""A member's own stock: looked up, noted, and deliveries that the office enters.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `own_stock.py`.
"""

from bot.flows.stock import FLOWS
from bot.services.stock import own_stock

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS = own_stock.LOOKUPS
ACTIONS = own_stock.ACTIONS
