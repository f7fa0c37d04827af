"""Logging, voiding, approving and rejecting sales; customers who are one person.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `sell.py`.
"""

from bot.flows.sales import FLOWS
from bot.services.sales import approve, merge_customers, sell
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**approve.LOOKUPS, **merge_customers.LOOKUPS, **sell.LOOKUPS}
ACTIONS: Actions = {**approve.ACTIONS, **merge_customers.ACTIONS, **sell.ACTIONS}
