"""Conversations about selling: entering a sale, viewing receipts, the office's approval.

`sell` is the largest conversation of the bot; its messages are in `sell_messages`. Pure: these
modules may import core, company and the shared modules of flows. Begin with `sell.py`.
"""

from bot.flows.sales import approve, orders, receipts, sell

__all__ = ["FLOWS"]

FLOWS = (sell.SPEC, orders.ORDER, receipts.SPEC, receipts.VOID, approve.SPEC)
