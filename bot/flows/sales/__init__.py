"""Conversations about selling: entering a sale, and changing it before it is recorded.

`sell` is the largest conversation of the bot; its messages are in `sell_messages` and
`sell_questions`. Pure: these modules may import core, company and the shared modules of flows.
Begin with `sell.py`.
"""

from bot.flows.sales import orders, sell

__all__ = ["FLOWS"]

FLOWS = (sell.SPEC, orders.ORDER)
