"""The price list and its changes by an admin.

May import flows, turn, store, content and core. Begin with `products.py`.
"""

from bot.flows.products import FLOWS
from bot.services.products import products
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**products.LOOKUPS}
ACTIONS: Actions = {**products.ACTIONS}
