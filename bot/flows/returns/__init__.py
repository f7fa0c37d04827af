"""Conversations about goods that come back: the seller's, and the office's decision.

Pure: these modules may import core, company, the conversations of selling and of receipts, and the
shared modules of flows. Begin with `give_back.py`.
"""

from bot.flows.returns import check_returns, give_back

__all__ = ["FLOWS"]

FLOWS = (give_back.SPEC, check_returns.SPEC)
