"""Logging, changing, voiding, approving and rejecting sales.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `sell.py`.
"""

from bot.flows.sales import FLOWS
from bot.services.sales import approve, edit, sell
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**approve.LOOKUPS, **edit.LOOKUPS, **sell.LOOKUPS}
ACTIONS: Actions = {**approve.ACTIONS, **edit.ACTIONS, **sell.ACTIONS}
