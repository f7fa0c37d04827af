"""The list of a day: made when it is first looked at, and sent by itself each morning.

May import flows, turn, store, content and core. Begin with `making.py`.
"""

from bot.flows.today import FLOWS
from bot.services.today import list_clock, showing
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**showing.LOOKUPS}
ACTIONS: Actions = {**showing.ACTIONS, **list_clock.ACTIONS}
