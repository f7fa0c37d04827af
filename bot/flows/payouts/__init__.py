"""What the office has paid: its own conversations, and how a member gets at the balance.

The office's begin in the panel and on a member's card, so they have no commands. Pure: may import
core, company, the members' cards, the hints and the shared modules of flows. Begin with
`paying.py`.
"""

from bot.flows.payouts import drawing

__all__ = ["FLOWS"]

FLOWS = (drawing.SPEC,)
