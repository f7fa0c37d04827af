"""What a seller would earn at a price; a calculation, of which nothing is stored.

Pure: may import core, company, the shared modules of flows, and how a sale is read and priced.
Begin with `profit.py`.
"""

from bot.flows.profit import profit

__all__ = ["FLOWS"]

FLOWS = (profit.SPEC,)
