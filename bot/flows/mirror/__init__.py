"""A member's own month, and the office's file of all months.

Pure: may import core, company and the shared modules of flows. Begin with `mirror.py`.
"""

from bot.flows.mirror import mirror

__all__ = ["FLOWS"]

FLOWS = (mirror.SPEC,)
