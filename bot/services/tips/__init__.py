"""Tips that are due, and each member's consents.

May import flows, turn, store, content and core. Begin with `due.py`.
"""

from bot.flows.tips import FLOWS
from bot.services.tips import consent
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**consent.LOOKUPS}
ACTIONS: Actions = {**consent.ACTIONS}
