"""Logging and voiding sales, and deciding on them.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `sell.py`.
"""

from bot.flows.sales import FLOWS
from bot.services.sales.sell import ACTIONS, LOOKUPS

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]
