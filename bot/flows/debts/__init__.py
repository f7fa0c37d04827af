"""Conversations about a seller's own notebook: who owes her, and what was paid.

Pure: may import core, company and the shared modules of flows. Begin with `owed.py`.
"""

from bot.flows.debts import owed, paid

__all__ = ["FLOWS"]

FLOWS = (owed.SPEC, paid.SPEC)
