"""Writing broadcasts, their audience, and sending them at the rate that Telegram allows.

May import flows, turn, store, content and core. Begin with `broadcast.py` (what a trainer does)
or `sending.py` (what the scheduler does); `correction.py` and `correcting.py` are the same for a
correction.
"""

from bot.flows.broadcasts import FLOWS
from bot.services.broadcasts import broadcast, correction
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**broadcast.LOOKUPS, **correction.LOOKUPS}
ACTIONS: Actions = {**broadcast.ACTIONS, **correction.ACTIONS}
