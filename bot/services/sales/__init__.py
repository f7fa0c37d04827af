"""Logging, changing, voiding, approving and rejecting sales; customers who are one person.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `sell.py`.
"""

from bot.flows import customers, receipts, sales
from bot.flows.spec import FlowSpec
from bot.services.sales import approve, edit, merge_customers, sell
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

FLOWS: tuple[FlowSpec, ...] = (*sales.FLOWS, *receipts.FLOWS, *customers.FLOWS)
LOOKUPS: Lookups = {
    **approve.LOOKUPS,
    **edit.LOOKUPS,
    **merge_customers.LOOKUPS,
    **sell.LOOKUPS,
}
ACTIONS: Actions = {
    **approve.ACTIONS,
    **edit.ACTIONS,
    **merge_customers.ACTIONS,
    **sell.ACTIONS,
}
