"""Conversations about money: the balance, a month's bonus, why this much, why nothing, what next.

Pure: may import core, company and the shared modules of flows. Begin with `bonus.py`.
"""

from bot.flows.bonus import balance, bonus, why_nothing

__all__ = ["FLOWS"]

FLOWS = (balance.SPEC, bonus.SPEC, bonus.WHY_SPEC, why_nothing.WHY_NOT_SPEC, why_nothing.NEXT_SPEC)
