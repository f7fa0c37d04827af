"""Conversations about selling: entering and changing a sale, receipts, the office's approval.

`sell` is the largest conversation of the bot; its messages are in `sell_messages`. Pure: these
modules may import core, company and the shared modules of flows. Begin with `sell.py`.
"""

from bot.flows.sales import approve, edit, receipts, sell

__all__ = ["FLOWS"]

FLOWS = (sell.SPEC, receipts.SPEC, receipts.VOID, edit.SPEC, approve.SPEC)
