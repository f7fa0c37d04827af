"""Conversations about recorded sales: receipts, changing one that waits, the office's approval.

Pure: these modules may import core, company, the conversation of selling and the shared modules of
flows. Begin with `receipts.py`.
"""

from bot.flows.receipts import again, approve, edit, find_sale, receipts, undo, void

__all__ = ["FLOWS"]

FLOWS = (receipts.SPEC, void.SPEC, edit.SPEC, again.SPEC, approve.SPEC, undo.SPEC, find_sale.SPEC)
