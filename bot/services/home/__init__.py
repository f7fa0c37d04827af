"""The menu, the language, and the list of commands in Telegram's own menu.

May import flows, turn, store, content and core. Begin with `home.py`.
"""

from bot.flows.home import FLOWS
from bot.services.home import home
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**home.LOOKUPS}
ACTIONS: Actions = {**home.ACTIONS}
