"""What a member has to sell: the list, purchases that are noted, counts.

Pure: may import core, company, the messages of inquiries and products, and the shared modules of
flows. Begin with `stock.py`.
"""

from bot.flows.stock import stock

__all__ = ["FLOWS"]

FLOWS = (stock.SPEC,)
